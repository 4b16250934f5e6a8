using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;

namespace LiveFeed.Ticker.Embeds;

/// <summary>The widget's one script, as partners' pages load it.</summary>
public sealed class EmbedScript(IWebHostEnvironment environment)
{
    private readonly Lazy<Build> build = new(() => Read(environment));

    /// <summary>The script, UTF-8.</summary>
    public byte[] Content => build.Value.Content;

    /// <summary>For an address that always answers the same: the beginning of its hash, hexadecimal.</summary>
    public string Version => build.Value.Version;

    /// <summary>For the attribute <c>integrity</c> of those who pin it (W3C Subresource Integrity).</summary>
    public string Integrity => build.Value.Integrity;

    private static Build Read(IWebHostEnvironment environment)
    {
        using var file = environment.WebRootFileProvider.GetFileInfo("assets/embed.js").CreateReadStream();
        using var content = new MemoryStream();
        file.CopyTo(content);
        var hash = SHA384.HashData(content.ToArray());
        return new Build(content.ToArray(), Convert.ToHexStringLower(hash.AsSpan(0, 8)), $"sha384-{Convert.ToBase64String(hash)}");
    }

    private sealed record Build(byte[] Content, string Version, string Integrity);
}
