using LiveFeed.Archive;
using LiveFeed.Contracts;

namespace LiveFeed.Benchmarks;

/// <summary>A feed's log as it might be.</summary>
internal static class Items
{
    public const string Epoch = "benchmark";

    public static Feed Feed { get; } = new()
    {
        Slug = "harbour",
        Title = "The harbour, live",
        Language = "en",
        Direction = TextDirection.Ltr,
        TimeZone = "Europe/Kyiv",
        Status = FeedStatus.Open,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>An item that is about 700 bytes long when it is pushed.</summary>
    public static Entry Entry(long seq) => new()
    {
        Id = Guid.CreateVersion7(),
        Feed = "harbour",
        Seq = seq,
        Revision = 1,
        Kind = EntryKind.Update,
        Status = EntryStatus.Live,
        Headline = "The ferry is afloat again",
        Html = """
            <article class="entry"><h3>The ferry is afloat again</h3><p>The harbour master says that the ferry has been refloated and is on its way to
            the pier under its own power. All on board are well. The <strong>tide</strong> helped, and so did two tugs.</p></article>
            """,
        Tags = ["ferry"],
        PublishedAt = DateTimeOffset.UnixEpoch.AddSeconds(seq),
        ReadingMinutes = 1,
    };

    /// <summary>The end of a log that has come up to <paramref name="top"/>, with one entry for each change.</summary>
    public static Stretch Stretch(int entries, long top) =>
        new("harbour", new Position(Epoch, top), top - entries, [.. Enumerable.Range(1, entries).Select(i => Entry(top - entries + i))]);
}
