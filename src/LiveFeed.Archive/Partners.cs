using System.Data.Common;
using Dapper;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>The partners: kept by the desk, read by the tickers.</summary>
public sealed class Partners(ArchiveDatabase database)
{
    private const string Columns =
        "key AS Key, name AS Name, origins AS Origins, feeds AS Feeds, sandboxed AS Sandboxed, programs AS Programs, created_at AS CreatedAt";

    /// <summary>All partners, by name.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<Partner>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<PartnerRow>(
            new CommandDefinition($"SELECT {Columns} FROM partners WHERE removed_at IS NULL ORDER BY name, key", cancellationToken: cancellation));
        return [.. rows.Select(row => row.ToPartner())];
    }

    /// <summary>A partner, or null.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<Partner?> FindAsync(string key, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<PartnerRow>(
            new CommandDefinition($"SELECT {Columns} FROM partners WHERE key = @key AND removed_at IS NULL", new { key }, cancellationToken: cancellation));
        return row?.ToPartner();
    }

    /// <summary>Adds a partner.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public Task AddAsync(Partner partner, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(partner);
        return database.WriteAsync(
            """
            INSERT INTO partners (key, name, origins, feeds, sandboxed, programs, created_at)
            VALUES (@Key, @Name, @Origins, @Feeds, @Sandboxed, @Programs, @CreatedAt)
            """,
            PartnerRow.Of(partner), cancellation);
    }

    /// <summary>Changes everything about a partner but its key. False when there is none.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> ChangeAsync(Partner partner, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(partner);
        return await database.WriteAsync(
            """
            UPDATE partners SET name = @Name, origins = @Origins, feeds = @Feeds, sandboxed = @Sandboxed, programs = @Programs
            WHERE key = @Key AND removed_at IS NULL
            """,
            PartnerRow.Of(partner), cancellation) == 1;
    }

    /// <summary>Takes a partner off the list, for good. False when there is none.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> RemoveAsync(string key, DateTimeOffset now, CancellationToken cancellation) =>
        await database.WriteAsync(
            "UPDATE partners SET removed_at = @now WHERE key = @key AND removed_at IS NULL", new { key, now = now.ToUnixTimeMilliseconds() }, cancellation) == 1;

    private sealed record PartnerRow
    {
        public string Key { get; init; } = "";
        public string Name { get; init; } = "";
        public string Origins { get; init; } = "";
        public string Feeds { get; init; } = "";
        public int Sandboxed { get; init; }
        public int Programs { get; init; }
        public long CreatedAt { get; init; }

        public static PartnerRow Of(Partner partner) => new()
        {
            Key = partner.Key,
            Name = partner.Name,
            Origins = string.Join(' ', partner.Origins),
            Feeds = string.Join(' ', partner.Feeds),
            Sandboxed = partner.Sandboxed ? 1 : 0,
            Programs = partner.Programs ? 1 : 0,
            CreatedAt = partner.CreatedAt.ToUnixTimeMilliseconds(),
        };

        public Partner ToPartner() => new()
        {
            Key = Key,
            Name = Name,
            Origins = Origins.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Feeds = Feeds.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Sandboxed = Sandboxed == 1,
            Programs = Programs == 1,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}
