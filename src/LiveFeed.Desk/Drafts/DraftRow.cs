using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>A row of <c>drafts</c>; times in milliseconds since 1970.</summary>
internal sealed record DraftRow
{
    public const string Columns =
        "feed AS Feed, id AS Id, version AS Version, state AS State, author_id AS AuthorId, author AS Author, created_at AS CreatedAt, " +
        "changed_at AS ChangedAt, changed_by AS ChangedBy, content AS Content, return_note AS ReturnNote, problem AS Problem, " +
        "approved_by AS ApprovedBy, scheduled_for AS ScheduledFor, due_at AS DueAt";

    public string Feed { get; init; } = "";
    public string Id { get; init; } = "";
    public int Version { get; init; }
    public DraftState State { get; init; }
    public string AuthorId { get; init; } = "";
    public string Author { get; init; } = "";
    public long CreatedAt { get; init; }
    public long ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";
    public string Content { get; init; } = "";
    public string? ReturnNote { get; init; }
    public string? Problem { get; init; }
    public string? ApprovedBy { get; init; }
    public long? ScheduledFor { get; init; }
    public long? DueAt { get; init; }

    public DraftContent ReadContent() => JsonSerializer.Deserialize<DraftContent>(Content, Wire.Json)!;

    /// <summary>The next version, as <paramref name="by"/> leaves it.</summary>
    public DraftRow Next(DraftState state, string by, DateTimeOffset now) =>
        this with { Version = Version + 1, State = state, ChangedBy = by, ChangedAt = now.ToUnixTimeMilliseconds() };

    /// <summary>Whether this writer may see and change it.</summary>
    public bool IsFor(Writer writer) => writer.Role >= DeskRole.Editor || AuthorId == writer.Id;

    /// <summary>Why this writer can't change its text now, or null.</summary>
    public string? WhyLocked(Writer writer) => State switch
    {
        DraftState.Submitted when writer.Role < DeskRole.Editor => "It waits for an editor. Take it back to go on writing.",
        DraftState.Scheduled => "It is scheduled. Take it off the schedule to change it.",
        _ => WhyKept(),
    };

    /// <summary>Why it can't be thrown away now, or null.</summary>
    public string? WhyKept() => State switch
    {
        DraftState.Scheduled => "It is scheduled. Take it off the schedule first.",
        DraftState.Publishing => "It is on its way to the air.",
        DraftState.Published => "It is on the air. Change the entry itself.",
        _ => null,
    };

    /// <summary>The first rule that stands between it and the air, or null.</summary>
    public BrokenRule? CheckFit(DateTimeOffset now) => EntryRules.Check(ToSubmission(now), now);

    public Draft ToDraft(Writer asks) => new()
    {
        Id = Guid.Parse(Id),
        Feed = Feed,
        Version = Version,
        State = State,
        Author = Author,
        Mine = AuthorId == asks.Id,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt),
        ChangedBy = ChangedBy,
        Content = ReadContent(),
        ReturnNote = ReturnNote,
        Problem = Problem,
        ApprovedBy = ApprovedBy,
        ScheduledFor = ScheduledFor is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
    };

    /// <summary>
    /// What it becomes on the broker. The id is made of the draft and its version: whoever submits this version again, after a
    /// restart or on another node, submits the same.
    /// </summary>
    public SubmitEntry ToSubmission(DateTimeOffset now) => ReadContent().ToSubmission(
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"draft\n{Feed}\n{Id}\n{Version}"))).AsSpan(0, 16)),
        Feed, Guid.Parse(Id), Author, now);
}
