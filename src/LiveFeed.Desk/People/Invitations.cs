using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using LiveFeed.Archive.Databases;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>The links by which people come in for the first time. Somebody's newest is the only one of theirs that works, and it works once.</summary>
public sealed class Invitations(ArchiveDatabase database, TimeProvider clock)
{
    /// <summary>The address that an invitation's secret is put behind.</summary>
    public const string Path = "/desk/join?invitation=";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Makes an invitation; an earlier one of the same account ends.</summary>
    /// <returns>Its secret, and until when it works.</returns>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<(string Secret, DateTimeOffset ExpiresAt)> CreateAsync(string account, CancellationToken cancellation)
    {
        var secret = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var expires = DateTimeOffset.FromUnixTimeMilliseconds((clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        await database.WriteAsync(
            "DELETE FROM invitations WHERE account_id = @account; INSERT INTO invitations (secret_hash, account_id, expires_at) VALUES (@hash, @account, @expires)",
            new { account, hash = KeyRing.Hash(secret), expires = expires.ToUnixTimeMilliseconds() }, cancellation);
        return (secret, expires);
    }

    /// <summary>An invitation as it is handed on: with the address at which this request found the desk.</summary>
    internal static Invitation At(HttpRequest request, (Person Person, string Secret, DateTimeOffset ExpiresAt) invited) =>
        new(invited.Person, $"{request.Scheme}://{request.Host}{Path}{invited.Secret}", invited.ExpiresAt);

    /// <summary>Whose invitation this is; null when it is unknown, used or too old. Looking uses nothing up.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<string?> FindAsync(string secret, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "SELECT account_id FROM invitations WHERE secret_hash = @hash AND expires_at >= @now",
            new { hash = KeyRing.Hash(secret), now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancellationToken: cancellation));
    }

    /// <summary>Ends the invitation of somebody who came in without it.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public Task EndAsync(string account, CancellationToken cancellation) =>
        database.WriteAsync("DELETE FROM invitations WHERE account_id = @account", new { account }, cancellation);

    /// <summary>Uses an invitation up, and with it every earlier way into the account. False when another was quicker.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> UseAsync(string secret, string account, CancellationToken cancellation)
    {
        await using var write = await database.BeginWriteAsync(cancellation);
        var used = await write.Connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM invitations WHERE secret_hash = @hash AND account_id = @account", new { hash = KeyRing.Hash(secret), account }, write.Transaction, cancellationToken: cancellation));
        if (used == 1)
        {
            await write.Connection.ExecuteAsync(new CommandDefinition(
                """
                DELETE FROM sessions WHERE account_id = @account;
                DELETE FROM passkeys WHERE account_id = @account;
                DELETE FROM recovery_codes WHERE account_id = @account;
                UPDATE accounts SET password_hash = NULL, totp_key = NULL, login = NULL, tries = 0, version = version + 1 WHERE id = @account
                """,
                new { account }, write.Transaction, cancellationToken: cancellation));
            await write.CommitAsync(cancellation);
        }

        return used == 1;
    }
}
