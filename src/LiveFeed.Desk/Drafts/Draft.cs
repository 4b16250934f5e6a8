using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>What is being written and isn't on the air: a new entry, or a change of one.</summary>
public sealed record Draft
{
    private const int ExcerptLimit = 200;

    /// <summary>A UUID that the writer made. The entry that comes of a new entry's draft has the same.</summary>
    public required Guid Id { get; init; }

    /// <summary>The slug of the feed.</summary>
    public required string Feed { get; init; }

    /// <summary>1 when first saved, one more at every change of the text and every decision on it. The draft's ETag.</summary>
    public required int Version { get; init; }

    /// <summary>How far it has got.</summary>
    public required DraftState State { get; init; }

    /// <summary>Who began it: the one who is kept with the entry as its writer.</summary>
    public required string Author { get; init; }

    /// <summary>True for the one who asks, when they began it.</summary>
    public required bool Mine { get; init; }

    /// <summary>When it was begun.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Who changed it last.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>What was written; in lists without the body.</summary>
    public required DraftContent Content { get; init; }

    /// <summary>How the body begins; in lists.</summary>
    public string? Excerpt { get; init; }

    /// <summary>Why it was sent back; until it is submitted again.</summary>
    public string? ReturnNote { get; init; }

    /// <summary>Why it was refused when it was to go on the air; until it is changed or tried again.</summary>
    public string? Problem { get; init; }

    /// <summary>The editor who put it on the air, or on the schedule.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When it goes, or went, on the air; absent unless it was scheduled.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>The draft as lists have it: how its body begins in the place of the body.</summary>
    internal Draft Listed() => this with { Content = Content with { Body = null }, Excerpt = Beginning(Content.Body) };

    // Half a character is no text: a pair that the limit would part is left out whole.
    private static string? Beginning(string? body) =>
        body is not { Length: > ExcerptLimit } ? body : body[..(char.IsHighSurrogate(body[ExcerptLimit - 1]) ? ExcerptLimit - 1 : ExcerptLimit)];
}

/// <summary>What was written: all that an entry has, and what stays in the newsroom.</summary>
public sealed record DraftContent : EntryFields
{
    /// <summary>What is to be done: publish (a new entry), edit or correct. publish unless said.</summary>
    public EntryAction Action { get; init; }

    /// <summary>The entry to change; none for a new one.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>The revision that the writer saw of the entry to change; none for a new one.</summary>
    public int? Revision { get; init; }

    /// <summary>What readers are told was wrong; for a correction.</summary>
    public string? Note { get; init; }

    /// <summary>True for an edit not worth an "Updated" mark, such as a typing error.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Minor { get; init; }

    /// <summary>Notes for the newsroom; readers never get them.</summary>
    public string? DeskNotes { get; init; }

    /// <summary>What it becomes on the broker.</summary>
    /// <param name="id">The submission's own id.</param>
    /// <param name="feed">The feed's slug.</param>
    /// <param name="entry">The id of the entry, where it is a new one.</param>
    /// <param name="by">Who wrote it.</param>
    /// <param name="now">When it is submitted.</param>
    internal SubmitEntry ToSubmission(Guid id, string feed, Guid entry, string by, DateTimeOffset now) => new()
    {
        SubmissionId = id,
        Feed = feed,
        EntryId = EntryId ?? entry,
        Action = Action,
        ExpectedRevision = Revision,
        Fields = this.Plain(),
        Note = Action is EntryAction.Correct ? Note : null,
        Minor = Minor && Action is EntryAction.Edit,
        By = by,
        SubmittedAt = now,
    };

    /// <summary>This, with the fields that were sent as null: in a change they are emptied, in a new entry they are merely absent.</summary>
    internal DraftContent Emptying(IReadOnlyList<string> nulls) =>
        Action is EntryAction.Publish ? this
        : this with { Clear = (Clear ?? []).Concat(nulls.Where(name => EntryRules.CheckClear(name, [name]) is null)).Distinct().ToList() is { Count: > 0 } clear ? clear : null };
}

/// <summary>How far a draft has got.</summary>
[JsonConverter(typeof(LowerCase<DraftState>))]
public enum DraftState
{
    /// <summary>Its author is at work.</summary>
    Writing,

    /// <summary>Waits for an editor.</summary>
    Submitted,

    /// <summary>An editor has sent it back, with a note.</summary>
    Returned,

    /// <summary>Goes on the air at its time.</summary>
    Scheduled,

    /// <summary>On its way: not live yet, and tried until it is known to be.</summary>
    Publishing,

    /// <summary>On the air.</summary>
    Published,

    /// <summary>Thrown away, with its text.</summary>
    Deleted,
}

/// <summary>Some of a feed's drafts, the newest change first, without bodies.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Drafts">The drafts.</param>
/// <param name="Next">What <c>before</c> takes to go on; absent at the end.</param>
public sealed record DraftPage(string Feed, IReadOnlyList<Draft> Drafts, string? Next);

/// <summary>Sends a draft back.</summary>
public sealed record DraftReturn
{
    /// <summary>What is to be done to it.</summary>
    [Required]
    public string? Note { get; init; }
}
