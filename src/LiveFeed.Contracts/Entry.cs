using System.Text.Json.Serialization;

namespace LiveFeed.Contracts;

/// <summary>
/// One item of a feed as the world sees it: the same shape on the hub, in the JSON API and on the broker. An entry is
/// changed, never replaced: the same <see cref="Id"/>, the next <see cref="Revision"/>, a new <see cref="Seq"/>.
/// Absent means absent: what has no value is left out of the JSON, and false is said by leaving the field out.
/// </summary>
/// <remarks>
/// Of two states of an entry the one with the higher <see cref="Seq"/> is the truth; whoever holds an older one replaces it.
/// A retracted entry keeps its id, feed, seq, revision, status and times, and its note in <see cref="Correction"/>; nothing else.
/// </remarks>
public sealed record Entry
{
    /// <summary>UUID; version 7 (RFC 9562) when the server made it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The slug of the feed that the entry belongs to.</summary>
    public required string Feed { get; init; }

    /// <summary>The place of the entry's newest change in its feed's log, counted from 1 without holes.</summary>
    public required long Seq { get; init; }

    /// <summary>1 when first published, one more at every change.</summary>
    public required int Revision { get; init; }

    /// <summary>What sort of item it is; absent when retracted.</summary>
    public EntryKind? Kind { get; init; }

    /// <summary>Live or retracted.</summary>
    public required EntryStatus Status { get; init; }

    /// <summary>One line of plain text, at most <see cref="EntryRules.HeadlineLimit"/> characters.</summary>
    public string? Headline { get; init; }

    /// <summary>What was written, as written; only where it was asked for (<c>?include=body</c>), since readers need <see cref="Html"/> alone.</summary>
    public string? Body { get; init; }

    /// <summary>How <see cref="Body"/> is written; absent means Markdown.</summary>
    public BodyFormat? BodyFormat { get; init; }

    /// <summary>The whole entry as sanitised HTML, one <c>article</c> element, made once in the fan-out and shown by every reader.</summary>
    public string? Html { get; init; }

    /// <summary>Who wrote it, plain text.</summary>
    public string? Byline { get; init; }

    /// <summary>Whose report it is.</summary>
    public EntrySource? Source { get; init; }

    /// <summary>The entry's picture.</summary>
    public EntryImage? Image { get; init; }

    /// <summary>An absolute http or https address to read on.</summary>
    public string? Link { get; init; }

    /// <summary>Words to filter by, lower case, in the order given.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Pinned entries stand above all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Pinned { get; init; }

    /// <summary>A turning point of the story.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeyEvent { get; init; }

    /// <summary>When it was first published. It never changes, so the order that readers see doesn't either.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When it last changed in a way that readers should know of; absent until then.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>What was wrong, or why it was withdrawn.</summary>
    public Correction? Correction { get; init; }

    /// <summary>Minutes to read it, at least 1; absent when retracted.</summary>
    public int? ReadingMinutes { get; init; }
}

/// <summary>The form of an entry, which gives it its look.</summary>
[JsonConverter(typeof(LowerCase<EntryKind>))]
public enum EntryKind
{
    /// <summary>The ordinary item.</summary>
    Update,

    /// <summary>News that stops the reader.</summary>
    Breaking,

    /// <summary>Somebody's words.</summary>
    Quote,

    /// <summary>Something checked.</summary>
    Fact,

    /// <summary>A picture or a film first of all.</summary>
    Media,

    /// <summary>The story so far.</summary>
    Summary,
}

/// <summary>Whether an entry is on the air.</summary>
[JsonConverter(typeof(LowerCase<EntryStatus>))]
public enum EntryStatus
{
    /// <summary>On the air.</summary>
    Live,

    /// <summary>Withdrawn: only a tombstone is left.</summary>
    Retracted,
}

/// <summary>How a body is written.</summary>
[JsonConverter(typeof(LowerCase<BodyFormat>))]
public enum BodyFormat
{
    /// <summary>CommonMark with tables, strikethrough and bare links; raw HTML shows as text.</summary>
    Markdown,

    /// <summary>HTML, as wires and content systems send it; cleaned to an allow-list.</summary>
    Html,
}

/// <summary>Whose report an entry is.</summary>
/// <param name="Name">Plain text.</param>
/// <param name="Url">An absolute http or https address.</param>
public sealed record EntrySource(string Name, string? Url = null);

/// <summary>An entry's picture.</summary>
public sealed record EntryImage
{
    /// <summary>An absolute http or https address.</summary>
    public required string Url { get; init; }

    /// <summary>What the picture shows, for those who can't see it; demanded of pictures that were added at the desk.</summary>
    public string? Alt { get; init; }

    /// <summary>The text below it.</summary>
    public string? Caption { get; init; }

    /// <summary>Who made it.</summary>
    public string? Credit { get; init; }

    /// <summary>Pixels; with <see cref="Height"/> the page reserves the room before the picture is there.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels.</summary>
    public int? Height { get; init; }
}

/// <summary>The public note on a correction or a retraction.</summary>
/// <param name="Note">What was wrong, plain text.</param>
/// <param name="At">When the note was made.</param>
public sealed record Correction(string Note, [property: JsonConverter(typeof(Rfc3339))] DateTimeOffset At);
