using System.Data.Common;
using Dapper;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Desk;

/// <summary>How many readers there were, minute by minute, in the archive. Every desk node knows the same and may write it: the most counts.</summary>
internal sealed class ReaderBook(ArchiveDatabase database)
{
    /// <summary>The length of what is one row, in milliseconds.</summary>
    public const long Minute = 60_000;

    /// <summary>Most minutes that are read at once: two days.</summary>
    public const int MostMinutes = 2 * 24 * 60;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Notes how many there are now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="readers">The feeds that have readers.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task NoteAsync(DateTimeOffset now, IReadOnlyList<ReadersNow> readers, CancellationToken cancellation)
    {
        var at = now.ToUnixTimeMilliseconds();
        var rows = readers.SelectMany(feed => feed.Readers.Select(one => new { feed.Feed, Minute = at - (at % Minute), Partner = one.Key, Readers = one.Value })).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        await database.WriteAsync(
            """
            INSERT INTO reader_minutes (feed, minute, partner, readers) VALUES (@Feed, @Minute, @Partner, @Readers)
            ON CONFLICT (feed, minute, partner) DO UPDATE SET readers = excluded.readers WHERE excluded.readers > reader_minutes.readers
            """,
            rows, cancellation);
    }

    /// <summary>Throws away what is older than is kept.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public Task ForgetAsync(DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync("DELETE FROM reader_minutes WHERE minute < @oldest", new { oldest = (now - Kept).ToUnixTimeMilliseconds() }, cancellation);

    /// <summary>When there was last a reader, to the minute, by where they stood.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastReadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<(string Partner, long Minute)>(new CommandDefinition(
            "SELECT partner, max(minute) FROM reader_minutes GROUP BY partner", cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Partner, row => DateTimeOffset.FromUnixTimeMilliseconds(row.Minute));
    }

    /// <summary>A feed's minutes, the first one first; a minute without readers has no row.</summary>
    /// <param name="feed">The feed's slug.</param>
    /// <param name="from">From here on.</param>
    /// <param name="to">Up to here.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<ReaderMinute>> ReadAsync(string feed, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<(long Minute, string Partner, long Readers)>(new CommandDefinition(
            """
            SELECT minute, partner, CAST(readers AS bigint) FROM reader_minutes
            WHERE feed = @feed AND minute >= @from AND minute <= @to ORDER BY minute, partner
            """,
            new { feed, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() }, cancellationToken: cancellation));
        return [.. rows.GroupBy(row => row.Minute).Select(minute => new ReaderMinute(
            DateTimeOffset.FromUnixTimeMilliseconds(minute.Key), minute.ToDictionary(row => row.Partner, row => (int)row.Readers)))];
    }
}
