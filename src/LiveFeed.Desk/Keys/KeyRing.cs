using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Desk;

/// <summary>
/// The API keys. A key is <c>lf_ID_SECRET</c>; the archive holds the secret's SHA-256 only. A plain hash is enough for 256
/// random bits: slow hashes protect what people can think up.
/// </summary>
public sealed class KeyRing(ArchiveDatabase database, TimeProvider clock)
{
    private const string Columns =
        "id AS Id, name AS Name, secret_hash AS SecretHash, role AS Role, feeds AS Feeds, created_at AS CreatedAt, last_used_at AS LastUsedAt, revoked_at AS RevokedAt";

    private static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Makes a key and returns it whole; it can't be shown again.</summary>
    /// <param name="name">Whose it is, for people.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="feeds">The feeds it may write to; empty for all.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<MadeKey> CreateAsync(string name, DeskRole role, IReadOnlyList<string> feeds, CancellationToken cancellation)
    {
        var id = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 8);
        var secret = $"lf_{id}_{RandomNumberGenerator.GetHexString(64, lowercase: true)}";
        var row = new KeyRow
        {
            Id = id,
            Name = name,
            SecretHash = Hash(secret),
            Role = role.ToString(),
            Feeds = string.Join(' ', feeds),
            CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await database.WriteAsync(
            "INSERT INTO api_keys (id, name, secret_hash, role, feeds, created_at) VALUES (@Id, @Name, @SecretHash, @Role, @Feeds, @CreatedAt)",
            row, cancellation);
        return new(row.ToKey(), secret);
    }

    /// <summary>All keys, the newest first.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<KeyRow>(
            new CommandDefinition($"SELECT {Columns} FROM api_keys ORDER BY created_at DESC, id", cancellationToken: cancellation));
        return [.. rows.Select(row => row.ToKey())];
    }

    /// <summary>Ends a key, for every request from now on. False when there is none, or it had ended already.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellation)
    {
        var ended = await database.WriteAsync(
            "UPDATE api_keys SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL",
            new { id, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancellation);
        return ended == 1;
    }

    /// <summary>The key that this text is, or null when it is none or has ended.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken cancellation)
    {
        if (text is not { Length: > 12 and < 200 } || text.Split('_') is not ["lf", var id, _])
        {
            return null;
        }

        await using var connection = await database.OpenAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<KeyRow>(new CommandDefinition(
            $"SELECT {Columns} FROM api_keys WHERE id = @id AND revoked_at IS NULL", new { id }, cancellationToken: cancellation));
        if (row is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(row.SecretHash), Encoding.ASCII.GetBytes(Hash(text))))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (row.LastUsedAt is null || now - DateTimeOffset.FromUnixTimeMilliseconds(row.LastUsedAt.Value) > UseNotedEvery)
        {
            await NoteUseAsync(id, now, cancellation);
        }

        return row.ToKey();
    }

    private async Task NoteUseAsync(string id, DateTimeOffset now, CancellationToken cancellation)
    {
        await database.WriteAsync(
            "UPDATE api_keys SET last_used_at = @now WHERE id = @id",
            new { id, now = now.ToUnixTimeMilliseconds() }, cancellation);
    }

    internal static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private sealed record KeyRow
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string SecretHash { get; init; } = "";
        public string Role { get; init; } = "";
        public string Feeds { get; init; } = "";
        public long CreatedAt { get; init; }
        public long? LastUsedAt { get; init; }
        public long? RevokedAt { get; init; }

        public ApiKey ToKey() => new(
            Id,
            Name,
            Enum.Parse<DeskRole>(Role),
            Feeds.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            LastUsedAt is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null,
            RevokedAt is { } revoked ? DateTimeOffset.FromUnixTimeMilliseconds(revoked) : null);
    }
}
