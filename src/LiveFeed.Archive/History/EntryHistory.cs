using System.Data.Common;
using Dapper;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;

namespace LiveFeed.Archive.History;

/// <summary>
/// The log as the newsroom may read it: who changed what and when, and what stood at a time. What was withdrawn is in here too, so
/// none of this is for readers.
/// </summary>
public sealed class EntryHistory(ArchiveDatabase database)
{
    /// <summary>Revisions of an entry, the newest first; empty when there is none.</summary>
    /// <param name="feed">The feed's slug.</param>
    /// <param name="id">The entry.</param>
    /// <param name="before">Only revisions below this one; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<WrittenRevision>> RevisionsAsync(string feed, Guid id, int? before, int limit, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<RevisionRow>(new CommandDefinition(
            $"""
            SELECT {RevisionRow.Columns} FROM revisions WHERE feed = @feed AND entry_id = @id AND revision < @before
            ORDER BY revision DESC LIMIT @limit
            """,
            new { feed, id = id.ToString(), before = before ?? int.MaxValue, limit }, cancellationToken: cancellation));
        return [.. rows.Select(row => new WrittenRevision(
            row.ToEntry(withBody: true), Enum.Parse<EntryAction>(row.Action), row.WrittenBy, DateTimeOffset.FromUnixTimeMilliseconds(row.WrittenAt)))];
    }

    /// <summary>The feed as it stood at a time, in readers' order; null when there is no such feed.</summary>
    /// <param name="feed">The feed's slug.</param>
    /// <param name="at">The time.</param>
    /// <param name="before">Only what stands below this place.</param>
    /// <param name="limit">How many entries at most.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<EntryPage?> AtAsync(string feed, DateTimeOffset at, Cursor? before, int limit, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var top = await connection.QuerySingleOrDefaultAsync<FeedRow>(new CommandDefinition(
            """
            SELECT epoch AS Epoch, (SELECT COALESCE(max(seq), 0) FROM revisions WHERE feed = @feed AND written_at <= @at) AS LastSeq
            FROM feeds WHERE slug = @feed
            """,
            new { feed, at = at.ToUnixTimeMilliseconds() }, cancellationToken: cancellation));
        if (top is null)
        {
            return null;
        }

        // Whether an entry was pinned then, its state alone tells; a text can't hold this, since quotes in it are escaped.
        var rows = (await connection.QueryAsync<EntryRow>(new CommandDefinition(
            $"""
            SELECT {EntryRow.Columns} FROM (
                SELECT r.state, r.body, r.body_format, r.entry_id AS id, e.published_at, CASE WHEN r.state LIKE '%,"pinned":true%' THEN 1 ELSE 0 END AS pinned
                FROM revisions r JOIN entries e ON e.feed = r.feed AND e.id = r.entry_id
                WHERE r.feed = @feed AND r.seq <= @top
                  AND NOT EXISTS (SELECT 1 FROM revisions n WHERE n.feed = r.feed AND n.entry_id = r.entry_id AND n.revision > r.revision AND n.seq <= @top)) AS stood
            {(before is null ? "" : "WHERE (pinned, published_at, id) < (@pinned, @publishedAt, @id)")}
            ORDER BY pinned DESC, published_at DESC, id DESC LIMIT @count
            """,
            new
            {
                feed,
                top = top.LastSeq,
                count = limit + 1,
                pinned = before?.Pinned == true ? 1 : 0,
                publishedAt = before?.PublishedAt ?? 0,
                id = before?.Id.ToString() ?? "",
            },
            cancellationToken: cancellation))).AsList();
        var entries = rows.Take(limit).Select(row => row.ToEntry(withBody: false)).ToList();
        return new EntryPage(feed, new Position(top.Epoch, top.LastSeq), entries, rows.Count > limit ? Cursor.After(entries[^1]).ToString() : null);
    }
}

/// <summary>A revision, and how it came to be.</summary>
/// <param name="Entry">The entry as it left it, with the body.</param>
/// <param name="Action">What was done.</param>
/// <param name="By">The name of the person or key that did it.</param>
/// <param name="At">When the fan-out did it.</param>
public sealed record WrittenRevision(Entry Entry, EntryAction Action, string? By, DateTimeOffset At);
