using LiveFeed.Archive;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Pages;

/// <summary>An entry among those that readers see above and below it.</summary>
internal static class Neighbours
{
    private const int Above = 5;
    private const int Below = 14;

    /// <summary>The entry and a page of the feed with it; null when the feed has no such entry.</summary>
    public static async Task<(Entry Entry, EntryPage Page)?> OfAsync(FeedReader archive, string feed, Guid id, CancellationToken cancellation)
    {
        if (await archive.EntryAsync(feed, id, withBody: false, cancellation) is not { } found)
        {
            return null;
        }

        var place = Cursor.After(found);
        var above = await archive.PageAsync(feed, new PageQuery { Limit = Above, After = place }, cancellation);
        // What is read last is at least as new as the position of what was read first: the reader who follows from there gets the rest.
        var entry = await archive.EntryAsync(feed, id, withBody: false, cancellation);
        var below = await archive.PageAsync(feed, new PageQuery { Limit = Below, Before = place }, cancellation);
        return above is null || entry is null || below is null ? null
            : (entry, above with { Entries = [.. above.Entries, entry, .. below.Entries], Next = below.Next });
    }
}
