using System.Data.Common;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Desk;

/// <summary>
/// Counts wrong passwords and codes: after five, the account rests. A try is counted before it is judged, in one statement: so
/// however many are made at the same moment, five are judged. Identity's own lockout counts afterwards, what it read before.
/// </summary>
public sealed class SignInTries(ArchiveDatabase database, TimeProvider clock)
{
    /// <summary>How many wrong tries an account bears.</summary>
    public const int Most = 5;

    /// <summary>How long it then rests, from the last of them.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    /// <summary>Whether an account rests.</summary>
    internal static bool AreSpent(long tries, long triedAt, DateTimeOffset now) => tries >= Most && triedAt > (now - Rest).ToUnixTimeMilliseconds();

    /// <summary>Takes one of an account's tries. False when it rests.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> TakeAsync(string account, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await database.WriteAsync(
            """
            UPDATE accounts SET tries = CASE WHEN tried_at <= @rested THEN 1 ELSE tries + 1 END, tried_at = @now
            WHERE id = @account AND (tries < @Most OR tried_at <= @rested)
            """,
            new { account, Most, now = now.ToUnixTimeMilliseconds(), rested = (now - Rest).ToUnixTimeMilliseconds() }, cancellation) == 1;
    }

    /// <summary>Forgets the tries of an account, since the last one was right.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public Task ForgetAsync(string account, CancellationToken cancellation) =>
        database.WriteAsync("UPDATE accounts SET tries = 0 WHERE id = @account", new { account }, cancellation);
}
