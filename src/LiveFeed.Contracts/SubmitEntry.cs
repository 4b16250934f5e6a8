using System.Text.Json.Serialization;

namespace LiveFeed.Contracts;

/// <summary>
/// What a writer wants done to a feed: a new entry, or a change of one. Any system that speaks MassTransit may publish it.
/// The fan-out carries it out once, however often it arrives, and answers <see cref="EntryAccepted"/> or
/// <see cref="EntryRejected"/> to whoever left a response address.
/// </summary>
public sealed record SubmitEntry
{
    /// <summary>The submission's own id. The same one again is a repeat and gets the first answer; it never happens twice.</summary>
    public required Guid SubmissionId { get; init; }

    /// <summary>The slug of the feed.</summary>
    public required string Feed { get; init; }

    /// <summary>The entry to make or to change.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>What to do with it.</summary>
    public required EntryAction Action { get; init; }

    /// <summary>
    /// The revision that the writer saw; a newer one refuses the submission. Absent: apply it to whatever is newest.
    /// Not used by <see cref="EntryAction.Publish"/>.
    /// </summary>
    public int? ExpectedRevision { get; init; }

    /// <summary>The entry's fields: all of them to publish, those that change otherwise.</summary>
    public EntryFields Fields { get; init; } = new();

    /// <summary>What readers are told was wrong; needed by <see cref="EntryAction.Correct"/>, welcome with <see cref="EntryAction.Retract"/>.</summary>
    public string? Note { get; init; }

    /// <summary>True for a change not worth an "Updated" mark, such as a typing error.</summary>
    public bool Minor { get; init; }

    /// <summary>When to say it was published, if not now: never in the future. Used by <see cref="EntryAction.Publish"/>.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Who submits it: the name of a key or a person, kept with the revision.</summary>
    public string? By { get; init; }

    /// <summary>When it was submitted, by the writer's clock; kept with the revision, never used for order.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public DateTimeOffset? SubmittedAt { get; init; }
}

/// <summary>What a writer wants done.</summary>
[JsonConverter(typeof(LowerCase<EntryAction>))]
public enum EntryAction
{
    /// <summary>Put a new entry on the air.</summary>
    Publish,

    /// <summary>Change fields of an entry.</summary>
    Edit,

    /// <summary>Change fields of an entry and say in public what was wrong.</summary>
    Correct,

    /// <summary>Take an entry off the air for good; a tombstone stays.</summary>
    Retract,
}

/// <summary>The fields of an entry that a writer sets. Absent means: leave it as it is.</summary>
public record EntryFields
{
    /// <inheritdoc cref="Entry.Kind"/>
    public EntryKind? Kind { get; init; }

    /// <inheritdoc cref="Entry.Headline"/>
    public string? Headline { get; init; }

    /// <summary>The text, at most <see cref="EntryRules.BodyLimit"/> bytes in UTF-8.</summary>
    public string? Body { get; init; }

    /// <summary>How <see cref="Body"/> is written; Markdown unless said.</summary>
    public BodyFormat? BodyFormat { get; init; }

    /// <inheritdoc cref="Entry.Byline"/>
    public string? Byline { get; init; }

    /// <inheritdoc cref="Entry.Source"/>
    public EntrySource? Source { get; init; }

    /// <inheritdoc cref="Entry.Image"/>
    public EntryImage? Image { get; init; }

    /// <inheritdoc cref="Entry.Link"/>
    public string? Link { get; init; }

    /// <inheritdoc cref="Entry.Tags"/>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <inheritdoc cref="Entry.Pinned"/>
    public bool? Pinned { get; init; }

    /// <inheritdoc cref="Entry.KeyEvent"/>
    public bool? KeyEvent { get; init; }

    /// <summary>Names of fields to empty (<c>headline</c>, <c>body</c>, <c>byline</c>, <c>source</c>, <c>image</c>, <c>link</c>, <c>tags</c>).</summary>
    public IReadOnlyList<string>? Clear { get; init; }
}
