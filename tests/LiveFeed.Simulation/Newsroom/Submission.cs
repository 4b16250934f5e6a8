using System.Globalization;
using LiveFeed.Contracts;

namespace LiveFeed.Simulation.Newsroom;

/// <summary>What the desk sent in: a new entry, or a change of one.</summary>
internal sealed record Submission(int Number, SubmissionKind Kind, Guid Id, DateTimeOffset PublishedAt)
{
    /// <summary>The entry's next state; null when the log refuses it.</summary>
    public Entry? Write(Log log) => (Kind, log.Find(Id)) switch
    {
        (SubmissionKind.Publish, null) => new Entry
        {
            Id = Id,
            Feed = Log.Feed,
            Seq = 0,
            Revision = 0,
            Kind = EntryKind.Update,
            Status = EntryStatus.Live,
            Headline = Headline,
            PublishedAt = PublishedAt,
        },
        (SubmissionKind.Publish, _) or (_, null) or (_, { Status: EntryStatus.Retracted }) => null,
        (SubmissionKind.Retract, { } newest) => new Entry
        {
            Id = Id,
            Feed = Log.Feed,
            Seq = 0,
            Revision = 0,
            Status = EntryStatus.Retracted,
            PublishedAt = newest.PublishedAt,
        },
        (SubmissionKind.Pin, { } newest) => newest with { Pinned = !newest.Pinned },
        (_, { } newest) => newest with { Headline = Headline },
    };

    private string Headline => string.Create(CultureInfo.InvariantCulture, $"As submitted in {Number}");
}

internal enum SubmissionKind
{
    Publish,
    Edit,
    Retract,
    Pin,
}
