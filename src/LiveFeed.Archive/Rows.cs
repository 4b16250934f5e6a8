using System.Text.Json;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>A row of <c>feeds</c>.</summary>
internal sealed record FeedRow
{
    public const string Columns =
        "slug AS Slug, title AS Title, language AS Language, direction AS Direction, time_zone AS TimeZone, status AS Status, embedding AS Embedding, created_at AS CreatedAt";

    public string Slug { get; init; } = "";
    public string Title { get; init; } = "";
    public string Language { get; init; } = "";
    public string Direction { get; init; } = "";
    public string TimeZone { get; init; } = "";
    public string Status { get; init; } = "";
    public string Embedding { get; init; } = "";
    public long CreatedAt { get; init; }
    public string Epoch { get; init; } = "";
    public long LastSeq { get; init; }

    public Feed ToFeed() => new()
    {
        Slug = Slug,
        Title = Title,
        Language = Language,
        Direction = Enum.Parse<TextDirection>(Direction),
        TimeZone = TimeZone,
        Status = Enum.Parse<FeedStatus>(Status),
        Embedding = Enum.Parse<FeedEmbedding>(Embedding),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
    };
}

/// <summary>A row of <c>entries</c>: an entry at its newest revision.</summary>
internal record EntryRow
{
    public const string Columns = "state AS State, body AS Body, body_format AS BodyFormat";

    public const string AllColumns =
        "feed AS Feed, id AS EntryId, seq AS Seq, pinned AS Pinned, key_event AS KeyEvent, published_at AS PublishedAt, tags AS Tags, " + Columns;

    public string Feed { get; init; } = "";
    public string EntryId { get; init; } = "";
    public long Seq { get; init; }
    public int Pinned { get; init; }
    public int KeyEvent { get; init; }
    public long PublishedAt { get; init; }
    public string Tags { get; init; } = "";
    public string State { get; init; } = "";
    public string? Body { get; init; }
    public string? BodyFormat { get; init; }

    public static EntryRow Of(Entry entry, string state) => new()
    {
        Feed = entry.Feed,
        EntryId = entry.Id.ToString(),
        Seq = entry.Seq,
        Pinned = entry.Pinned ? 1 : 0,
        KeyEvent = entry.KeyEvent ? 1 : 0,
        PublishedAt = entry.PublishedAt.ToUnixTimeMilliseconds(),
        Tags = JoinTags(entry.Tags),
        State = state,
        Body = entry.Body,
        BodyFormat = entry.BodyFormat?.ToString(),
    };

    public Entry ToEntry(bool withBody)
    {
        var entry = JsonSerializer.Deserialize<Entry>(State, Wire.Json)!;
        return withBody && Body is not null
            ? entry with { Body = Body, BodyFormat = BodyFormat is null ? null : Enum.Parse<BodyFormat>(BodyFormat) }
            : entry;
    }

    // Line breaks can't be part of a tag, so each tag stands between two of them and can be looked for whole.
    private static string JoinTags(IReadOnlyList<string>? tags) => tags is { Count: > 0 } ? $"\n{string.Join('\n', tags)}\n" : "";
}

/// <summary>A row of <c>revisions</c>: an entry as one change left it.</summary>
internal sealed record RevisionRow : EntryRow
{
    public new const string Columns =
        "feed AS Feed, entry_id AS EntryId, seq AS Seq, revision AS Revision, submission_id AS SubmissionId, fingerprint AS Fingerprint, " +
        "action AS Action, written_by AS WrittenBy, written_at AS WrittenAt, " + EntryRow.Columns;

    public int Revision { get; init; }
    public string SubmissionId { get; init; } = "";
    public string Fingerprint { get; init; } = "";
    public string Action { get; init; } = "";
    public string? WrittenBy { get; init; }
    public long WrittenAt { get; init; }

    /// <summary>The answer of then, unless its text has been withdrawn since: then only the tombstone may be shown.</summary>
    public Entry UnlessWithdrawn(EntryRow newest) =>
        newest.ToEntry(withBody: false) is { Status: EntryStatus.Retracted } tombstone ? tombstone : ToEntry(withBody: false);
}
