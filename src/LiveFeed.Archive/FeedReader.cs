using System.Data.Common;
using Dapper;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>
/// Reads the log. Each answer comes with its position, read in the same statement, so that a reader who takes it and then
/// follows from that position misses nothing.
/// </summary>
public sealed class FeedReader(ArchiveDatabase database) : IFeedReader
{
    /// <summary>Entries that are looked through for one that wasn't withdrawn.</summary>
    private const int NewestSeen = 5;

    /// <inheritdoc/>
    public async Task<EntryPage?> PageAsync(string feed, PageQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var up = query.After is not null;
        var place = query.After ?? query.Before;
        var beyond = place is null ? "" : $"AND (pinned, published_at, id) {(up ? ">" : "<")} (@pinned, @publishedAt, @id)";
        // Asked this way both databases mind case and nothing has to be escaped.
        var tag = query.Tag is null ? "" : "AND replace(tags, @tag, '') <> tags";
        var keyEvents = query.KeyEvents ? "AND key_event = 1" : "";
        var order = up ? "pinned, published_at, id" : "pinned DESC, published_at DESC, id DESC";
        var (top, rows) = await ReadAsync(
            $"""
            SELECT seq, pinned, published_at, id, state, body, body_format FROM entries
            WHERE feed = @feed {beyond} {tag} {keyEvents}
            ORDER BY {order} LIMIT @count
            """,
            order,
            new
            {
                feed,
                count = query.Limit + 1,
                pinned = place?.Pinned == true ? 1 : 0,
                publishedAt = place?.PublishedAt ?? 0,
                id = place?.Id.ToString() ?? "",
                tag = $"\n{query.Tag}\n",
            },
            cancellation);
        if (top is not { } position)
        {
            return null;
        }

        var entries = rows.Take(query.Limit).Select(row => row.ToEntry(query.WithBody)).ToList();
        if (up)
        {
            entries.Reverse();
        }

        var more = rows.Count > query.Limit;
        return new EntryPage(
            feed, position, entries,
            up ? (entries.Count > 0 ? Cursor.After(entries[^1]).ToString() : null) : more ? Cursor.After(entries[^1]).ToString() : null,
            up ? (more ? Cursor.After(entries[0]).ToString() : null) : query.Before is not null && entries.Count > 0 ? Cursor.After(entries[0]).ToString() : null);
    }

    /// <inheritdoc/>
    public async Task<EntryPage?> SinceAsync(string feed, long seq, int limit, bool withBody, CancellationToken cancellation)
    {
        var (top, rows) = await ReadAsync(
            "SELECT seq, pinned, published_at, id, state, body, body_format FROM entries WHERE feed = @feed AND seq > @seq ORDER BY seq LIMIT @count",
            "seq",
            new { feed, seq, count = limit + 1 },
            cancellation);
        if (top is not { } position)
        {
            return null;
        }

        var entries = rows.Take(limit).Select(row => row.ToEntry(withBody)).ToList();
        if (rows.Count <= limit)
        {
            return new EntryPage(feed, position, entries);
        }

        var reached = position with { Seq = entries[^1].Seq };
        return new EntryPage(feed, reached, entries, reached.ToString());
    }

    /// <inheritdoc/>
    public async Task<Stretch?> RecentAsync(string feed, int count, CancellationToken cancellation)
    {
        var (top, rows) = await ReadAsync(
            "SELECT seq, state, body, body_format FROM entries WHERE feed = @feed ORDER BY seq DESC LIMIT @count",
            "seq",
            new { feed, count },
            cancellation);
        if (top is not { } position)
        {
            return null;
        }

        var entries = rows.Select(row => row.ToEntry(withBody: false)).ToList();
        return new Stretch(feed, position, entries.Count < count ? 0 : entries[0].Seq - 1, entries);
    }

    /// <summary>One entry at its newest revision, or null.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<Entry?> EntryAsync(string feed, Guid id, bool withBody, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<EntryRow>(new CommandDefinition(
            $"SELECT {EntryRow.Columns} FROM entries WHERE feed = @feed AND id = @id", new { feed, id = id.ToString() }, cancellationToken: cancellation));
        return row?.ToEntry(withBody);
    }

    /// <summary>The newest entry of each feed that has one; a pinned one is no newer for it. What was withdrawn is none.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyDictionary<string, Entry>> NewestOfAllAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<EntryRow>(new CommandDefinition(
            // Two indexed steps for each feed, however long its log is: the few newest on each side of the pin.
            $"""
            SELECT {EntryRow.Columns} FROM feeds JOIN entries ON entries.feed = feeds.slug
            WHERE entries.id IN (SELECT id FROM entries AS plain WHERE plain.feed = feeds.slug AND plain.pinned = 0 ORDER BY published_at DESC, id DESC LIMIT {NewestSeen})
               OR entries.id IN (SELECT id FROM entries AS pinned WHERE pinned.feed = feeds.slug AND pinned.pinned = 1 ORDER BY published_at DESC, id DESC LIMIT {NewestSeen})
            """,
            cancellationToken: cancellation));
        return rows.Select(row => row.ToEntry(withBody: false))
            .Where(entry => entry.Status is EntryStatus.Live)
            .GroupBy(entry => entry.Feed)
            .ToDictionary(feed => feed.Key, feed => feed.MaxBy(entry => entry.PublishedAt)!);
    }

    /// <summary>
    /// Every revision of an entry, the first one first; empty when there is no such entry. Of a retracted entry all revisions are
    /// tombstones: what was withdrawn is not to be had here either.
    /// </summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<Entry>> RevisionsAsync(string feed, Guid id, bool withBody, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<RevisionRow>(new CommandDefinition(
            $"SELECT {RevisionRow.Columns} FROM revisions WHERE feed = @feed AND entry_id = @id ORDER BY revision",
            new { feed, id = id.ToString() }, cancellationToken: cancellation));
        var revisions = rows.Select(row => row.ToEntry(withBody)).ToList();
        return revisions is [.., { Status: EntryStatus.Retracted } last] ? [.. revisions.SkipLast(1).Select(Withdrawn), last] : revisions;
    }

    /// <summary>When a change was written, by the clock of the fan-out that wrote it; null when there is no such change.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<DateTimeOffset?> WrittenAtAsync(string feed, long seq, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            "SELECT written_at FROM revisions WHERE feed = @feed AND seq = @seq", new { feed, seq }, cancellationToken: cancellation)) is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, Position>> PositionsAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<(string Slug, string Epoch, long LastSeq)>(
            new CommandDefinition("SELECT slug, epoch, last_seq FROM feeds", cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Slug, row => new Position(row.Epoch, row.LastSeq));
    }

    private async Task<(Position? Top, List<ListedRow> Rows)> ReadAsync(
        string entries, string order, object parameters, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        // One statement sees one moment: the top and the entries belong together.
        var rows = await connection.QueryAsync<ListedRow>(new CommandDefinition(
            $"""
            SELECT feeds.epoch AS Epoch, feeds.last_seq AS LastSeq, {EntryRow.Columns}
            FROM feeds LEFT JOIN ({entries}) AS listed ON 1 = 1 WHERE feeds.slug = @feed ORDER BY {order}
            """,
            parameters, cancellationToken: cancellation));
        var all = rows.AsList();
        // A feed without such entries is one row, whose entry is empty.
        return all.Count == 0
            ? (null, all)
            : (new Position(all[0].Epoch, all[0].LastSeq), all is [{ State: "" }] ? [] : all);
    }

    private static Entry Withdrawn(Entry revision) => new()
    {
        Id = revision.Id,
        Feed = revision.Feed,
        Seq = revision.Seq,
        Revision = revision.Revision,
        Status = EntryStatus.Retracted,
        PublishedAt = revision.PublishedAt,
        UpdatedAt = revision.UpdatedAt,
    };

    private sealed record ListedRow : EntryRow
    {
        public string Epoch { get; init; } = "";
        public long LastSeq { get; init; }
    }
}
