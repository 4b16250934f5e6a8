using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Desk;

/// <summary>What was begun at one request and is ended by the next, on whichever node: a code after a password, the first code of an app. Each works once.</summary>
public sealed class SignInSteps(ArchiveDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Begins one; returns the secret that names it.</summary>
    /// <param name="kind">What it is for; a secret of another kind doesn't end it.</param>
    /// <param name="account">Whose it is, if that is known.</param>
    /// <param name="data">What the end needs of the beginning.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<string> BeginAsync(string kind, string? account, string data, CancellationToken cancellation)
    {
        var secret = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            """
            DELETE FROM sign_in_steps WHERE expires_at < @now;
            INSERT INTO sign_in_steps (secret_hash, kind, account_id, data, expires_at) VALUES (@hash, @kind, @account, @data, @expires)
            """,
            new { now = now.ToUnixTimeMilliseconds(), hash = KeyRing.Hash(secret), kind, account, data, expires = (now + Lifetime).ToUnixTimeMilliseconds() }, cancellation);
        return secret;
    }

    /// <summary>Ends one; null when there is none, it is of another kind, or too old.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<(string? Account, string Data)?> EndAsync(string kind, string secret, CancellationToken cancellation)
    {
        await using var write = await database.BeginWriteAsync(cancellation);
        var step = await write.Connection.QuerySingleOrDefaultAsync<StepRow>(new CommandDefinition(
            "DELETE FROM sign_in_steps WHERE secret_hash = @hash AND kind = @kind AND expires_at >= @now RETURNING account_id AS AccountId, data AS Data",
            new { hash = KeyRing.Hash(secret), kind, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, write.Transaction, cancellationToken: cancellation));
        await write.CommitAsync(cancellation);
        return step is null ? null : (step.AccountId, step.Data);
    }

    private sealed record StepRow
    {
        public string? AccountId { get; init; }
        public string Data { get; init; } = "";
    }
}
