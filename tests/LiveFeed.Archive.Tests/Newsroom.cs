using LiveFeed.Contracts;

namespace LiveFeed.Archive.Tests;

/// <summary>Submissions, and what the fan-out makes of them (the HTML left simple).</summary>
internal static class Newsroom
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static SubmitEntry Publish(string headline, string feed = TestArchive.Feed, EntryFields? fields = null, int minute = 0) => new()
    {
        SubmissionId = Guid.NewGuid(),
        Feed = feed,
        EntryId = Guid.CreateVersion7(),
        Action = EntryAction.Publish,
        Fields = (fields ?? new EntryFields()) with { Headline = headline, Kind = EntryKind.Breaking },
        PublishedAt = Noon.AddMinutes(minute),
        By = "desk",
    };

    public static SubmitEntry Edit(Entry entry, string headline, bool seen = true) => Change(entry, EntryAction.Edit, seen) with
    {
        Fields = new EntryFields { Headline = headline },
    };

    public static SubmitEntry Pin(Entry entry, bool pinned) => Change(entry, EntryAction.Edit, seen: false) with
    {
        Fields = new EntryFields { Pinned = pinned },
    };

    public static SubmitEntry Retract(Entry entry, string? note = null) => Change(entry, EntryAction.Retract, seen: false) with { Note = note };

    public static Entry Write(Feed feed, Entry? newest, SubmitEntry submission)
    {
        var entry = newest ?? new Entry
        {
            Id = submission.EntryId,
            Feed = feed.Slug,
            Seq = 0,
            Revision = 0,
            Status = EntryStatus.Live,
            PublishedAt = submission.PublishedAt ?? Noon,
        };
        if (submission.Action is EntryAction.Retract)
        {
            return new Entry
            {
                Id = entry.Id,
                Feed = entry.Feed,
                Seq = entry.Seq,
                Revision = entry.Revision,
                Status = EntryStatus.Retracted,
                PublishedAt = entry.PublishedAt,
                UpdatedAt = Noon.AddHours(2),
                Correction = submission.Note is null ? null : new Correction(submission.Note, Noon.AddHours(2)),
            };
        }

        var fields = submission.Fields;
        var next = entry with
        {
            Kind = fields.Kind ?? entry.Kind,
            Headline = fields.Headline ?? entry.Headline,
            Body = fields.Body ?? entry.Body,
            BodyFormat = fields.BodyFormat ?? entry.BodyFormat,
            Byline = fields.Byline ?? entry.Byline,
            Tags = fields.Tags ?? entry.Tags,
            Pinned = fields.Pinned ?? entry.Pinned,
            KeyEvent = fields.KeyEvent ?? entry.KeyEvent,
            UpdatedAt = newest is null ? null : Noon.AddHours(1),
        };
        return next with { Html = $"<article><h2>{next.Headline}</h2>{next.Body}</article>" };
    }

    private static SubmitEntry Change(Entry entry, EntryAction action, bool seen) => new()
    {
        SubmissionId = Guid.NewGuid(),
        Feed = entry.Feed,
        EntryId = entry.Id,
        Action = action,
        ExpectedRevision = seen ? entry.Revision : null,
        By = "desk",
    };
}
