using LiveFeed.Contracts;

namespace LiveFeed.Rendering;

/// <summary>Makes an entry's next state out of its newest one and what a writer wants changed.</summary>
public sealed class EntryWriter(TimeProvider clock)
{
    /// <summary>The entry as <paramref name="submission"/> leaves it; its seq and revision are the log's to set.</summary>
    /// <param name="submission">A submission that keeps <see cref="EntryRules"/>.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="newest">The entry as it stands, with its body; null when it is new.</param>
    /// <exception cref="BrokenRuleException">Nothing would be left of the entry.</exception>
    public Entry Write(SubmitEntry submission, Feed feed, Entry? newest)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(feed);
        var now = Milliseconds(clock.GetUtcNow());
        return submission.Action switch
        {
            EntryAction.Publish => Rendered(feed, Change(Blank(submission, now), submission.Fields)),
            EntryAction.Retract => Withdraw(newest!, submission.Note, now),
            _ => Rendered(feed, Revise(newest!, submission, now)),
        };
    }

    private static Entry Blank(SubmitEntry submission, DateTimeOffset now) => new()
    {
        Id = submission.EntryId,
        Feed = submission.Feed,
        Seq = 0,
        Revision = 0,
        Kind = EntryKind.Update,
        Status = EntryStatus.Live,
        PublishedAt = Milliseconds(submission.PublishedAt ?? now),
    };

    private static Entry Revise(Entry newest, SubmitEntry submission, DateTimeOffset now)
    {
        var next = Change(newest, submission.Fields);
        var corrects = submission.Action is EntryAction.Correct;
        return next with
        {
            UpdatedAt = corrects || (!submission.Minor && SaysSomethingElse(newest, next)) ? now : newest.UpdatedAt,
            Correction = corrects ? new Correction(submission.Note!, now) : newest.Correction,
        };
    }

    // A pin, a tag or a key-event mark moves an entry about; it says nothing new, so readers aren't told "Updated".
    private static bool SaysSomethingElse(Entry newest, Entry next) =>
        (newest.Headline, newest.Body, newest.BodyFormat, newest.Source, newest.Image, newest.Link, newest.Byline)
        != (next.Headline, next.Body, next.BodyFormat, next.Source, next.Image, next.Link, next.Byline);

    private static Entry Change(Entry entry, EntryFields fields)
    {
        var clear = fields.Clear ?? [];
        var changed = entry with
        {
            Kind = fields.Kind ?? entry.Kind,
            Headline = Field("headline", fields.Headline, entry.Headline),
            Body = Field("body", fields.Body, entry.Body),
            BodyFormat = fields.Body is null ? fields.BodyFormat ?? entry.BodyFormat : fields.BodyFormat,
            Byline = Field("byline", fields.Byline, entry.Byline),
            Source = Field("source", fields.Source, entry.Source),
            Image = Field("image", fields.Image, entry.Image),
            Link = Field("link", fields.Link, entry.Link),
            Tags = Field("tags", fields.Tags, entry.Tags),
            Pinned = fields.Pinned ?? entry.Pinned,
            KeyEvent = fields.KeyEvent ?? entry.KeyEvent,
        };
        return EntryRules.CheckContent(changed) is { } broken ? throw new BrokenRuleException(broken) : changed;

        T? Field<T>(string name, T? given, T? held) where T : class => given ?? (clear.Contains(name) ? null : held);
    }

    private static Entry Rendered(Feed feed, Entry entry)
    {
        var rendered = EntryRenderer.Render(feed, entry);
        return entry with { Html = rendered.Html, ReadingMinutes = rendered.ReadingMinutes };
    }

    private static Entry Withdraw(Entry newest, string? note, DateTimeOffset now) => new()
    {
        Id = newest.Id,
        Feed = newest.Feed,
        Seq = 0,
        Revision = 0,
        Status = EntryStatus.Retracted,
        PublishedAt = newest.PublishedAt,
        UpdatedAt = now,
        Correction = string.IsNullOrWhiteSpace(note) ? null : new Correction(note, now),
    };

    // The wire and the archive carry milliseconds: finer ones would come back different from how they went.
    private static DateTimeOffset Milliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
