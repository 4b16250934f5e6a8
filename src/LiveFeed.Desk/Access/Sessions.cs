using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using LiveFeed.Archive.Databases;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>
/// Who is signed in at the desk. A session is a row of the archive, read at every request: it holds on every node, and ended,
/// or its role taken away, it is so at once, also for whoever has a copy of the cookie. (Identity's own session lives in the
/// cookie, which can't be taken back.)
/// </summary>
public sealed class Sessions(ArchiveDatabase database, AuditLog audit, TimeProvider clock)
{
    /// <summary>Unused for so long, it ends.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>And after so long in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session, under a secret that nobody knew before; one that the browser had ends.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task BeginAsync(HttpContext http, string account)
    {
        ArgumentNullException.ThrowIfNull(http);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var hash = KeyRing.Hash(secret);
        var agent = http.Request.Headers.UserAgent.ToString();
        await database.WriteAsync(
            """
            DELETE FROM sessions WHERE secret_hash = @former OR began_at < @longest OR seen_at < @idle;
            INSERT INTO sessions (secret_hash, account_id, device, began_at, seen_at) VALUES (@hash, @account, @device, @now, @now);
            UPDATE accounts SET tries = 0, signed_in_at = @now WHERE id = @account
            """,
            Values(new { account, former = Hash(http.Request) ?? "", hash, device = agent.Length > 300 ? agent[..300] : agent }), http.RequestAborted);
        // It counts when it stands on record, and not before: the cookie comes after.
        var began = await RowAsync(hash, http.RequestAborted);
        await audit.AppendAsync(
            [new AuditNote(clock.GetUtcNow(), Gate.WriterOf(began!.ToSession()), http.Connection.RemoteIpAddress, "signIn", http.Request.Path.ToUriComponent(), new Dictionary<string, object?>())],
            http.RequestAborted);
        SessionCookie.Write(http, secret, Longest);
    }

    /// <summary>The session that a request shows; null when it shows none that holds.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<Session?> FindAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (Hash(http.Request) is not { } hash)
        {
            return null;
        }

        var row = await RowAsync(hash, http.RequestAborted);
        if (row is not null && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(row.SeenAt) > UseNotedEvery)
        {
            await database.WriteAsync("UPDATE sessions SET seen_at = @now WHERE secret_hash = @hash", Values(new { hash }), http.RequestAborted);
        }

        return row?.ToSession();
    }

    /// <summary>The sessions of an account that hold, the newest first.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<Session>> ListAsync(string account, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<SessionRow>(new CommandDefinition(
            $"{SessionRow.Select} WHERE account_id = @account AND began_at >= @longest AND seen_at >= @idle ORDER BY began_at DESC", Values(new { account }), cancellationToken: cancellation));
        return [.. rows.Select(row => row.ToSession())];
    }

    /// <summary>Ends the session that a request shows.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task EndAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (Hash(http.Request) is { } hash)
        {
            await database.WriteAsync("DELETE FROM sessions WHERE secret_hash = @hash", Values(new { hash }), http.RequestAborted);
            SessionCookie.Clear(http);
        }
    }

    /// <summary>Ends all sessions of an account, at once and everywhere.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="but">The id of one that goes on.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public Task EndAllAsync(string account, string? but, CancellationToken cancellation) =>
        database.WriteAsync("DELETE FROM sessions WHERE account_id = @account AND secret_hash <> @but", Values(new { account, but = but ?? "" }), cancellation);

    private async Task<SessionRow?> RowAsync(string hash, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<SessionRow>(new CommandDefinition(
            $"{SessionRow.Select} WHERE secret_hash = @hash AND began_at >= @longest AND seen_at >= @idle", Values(new { hash }), cancellationToken: cancellation));
    }

    private static string? Hash(HttpRequest request) => SessionCookie.Read(request) is { } secret ? KeyRing.Hash(secret) : null;

    private DynamicParameters Values(object values)
    {
        var now = clock.GetUtcNow();
        var all = new DynamicParameters(values);
        all.Add("now", now.ToUnixTimeMilliseconds());
        all.Add("longest", (now - Longest).ToUnixTimeMilliseconds());
        all.Add("idle", (now - Idle).ToUnixTimeMilliseconds());
        return all;
    }

    private sealed record SessionRow
    {
        public const string Select =
            "SELECT secret_hash AS SecretHash, device AS Device, began_at AS BeganAt, seen_at AS SeenAt, id AS AccountId, name AS Name, role AS Role "
            + "FROM sessions JOIN accounts ON accounts.id = sessions.account_id";

        public string SecretHash { get; init; } = "";
        public string Device { get; init; } = "";
        public long BeganAt { get; init; }
        public long SeenAt { get; init; }
        public string AccountId { get; init; } = "";
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";

        public Session ToSession() => new(
            SecretHash, AccountId, Name, Enum.Parse<DeskRole>(Role), Device, DateTimeOffset.FromUnixTimeMilliseconds(BeganAt), DateTimeOffset.FromUnixTimeMilliseconds(SeenAt));
    }
}

/// <summary>Somebody who is signed in, as they are at this moment.</summary>
/// <param name="Id">Tells sessions apart; nobody can sign in with it.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Name">Their name.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Device">What their browser called itself.</param>
/// <param name="BeganAt">When they signed in.</param>
/// <param name="SeenAt">When they were last seen, to the minute.</param>
public sealed record Session(string Id, string AccountId, string Name, DeskRole Role, string Device, DateTimeOffset BeganAt, DateTimeOffset SeenAt);
