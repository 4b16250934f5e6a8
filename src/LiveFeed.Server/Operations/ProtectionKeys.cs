using System.Xml.Linq;
using Dapper;
using LiveFeed.Archive.Databases;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LiveFeed.Server.Operations;

/// <summary>
/// The keys of ASP.NET Core's data protection, in the archive: what one node has protected, every node can open. They lie there
/// unencrypted, as all else does; who can read the archive needs no session.
/// </summary>
internal sealed class ProtectionKeys(ArchiveDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => database.WriteAsync(
        "INSERT INTO protection_keys (name, xml) VALUES (@name, @xml)", new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) }, CancellationToken.None)
        .GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        return [.. (await connection.QueryAsync<string>("SELECT xml FROM protection_keys ORDER BY name")).Select(XElement.Parse)];
    }
}
