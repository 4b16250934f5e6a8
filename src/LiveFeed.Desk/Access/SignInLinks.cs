using System.Security.Cryptography;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Desk;

/// <summary>Links that sign somebody in at the desk, once. They are shown where only an operator looks: in the server's output.</summary>
public sealed class SignInLinks(ArchiveDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Makes the secret part of a new link.</summary>
    public async Task<string> CreateAsync(CancellationToken cancellation)
    {
        var secret = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            "DELETE FROM sign_in_links WHERE expires_at < @now; INSERT INTO sign_in_links (secret_hash, expires_at) VALUES (@hash, @expires)",
            new { now = now.ToUnixTimeMilliseconds(), hash = KeyRing.Hash(secret), expires = (now + Lifetime).ToUnixTimeMilliseconds() }, cancellation);
        return secret;
    }

    /// <summary>Uses a link up. False when it is unknown, used or too old.</summary>
    public async Task<bool> UseAsync(string secret, CancellationToken cancellation)
    {
        var used = await database.WriteAsync(
            "DELETE FROM sign_in_links WHERE secret_hash = @hash AND expires_at >= @now",
            new { hash = KeyRing.Hash(secret), now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancellation);
        return used == 1;
    }
}
