using System.Collections.Concurrent;
using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Syndication;

/// <summary>Which entries go out, and as of when. They come from where the pages' do, so none is older than what readers have seen.</summary>
public sealed class Editions(Rings rings, Snapshots snapshots, FeedReader archive)
{
    /// <summary>The most entries with a new text that follow the newest page. Of what was withdrawn there are as many as the ring knows.</summary>
    private const int ChangedCount = 20;

    private readonly ConcurrentDictionary<string, (Position Position, DateTimeOffset At)> changes = new();

    /// <summary>The page that is asked for and its feed, and when that last changed; null when there is no such feed.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached, or knows more than this node can read.</exception>
    internal async Task<(Feed Feed, EntryPage Page, DateTimeOffset ChangedAt)?> FindAsync(string slug, SyndicationRequest request, CancellationToken cancellation)
    {
        if (await rings.FindAsync(slug, cancellation) is not { } ring)
        {
            return null;
        }

        var page = request.IsPlain
            ? await snapshots.NewestAsync(ring, cancellation)
            : await archive.PageAsync(slug, request.ToPageQuery(), cancellation);
        if (page is null)
        {
            return null;
        }

        if (request.IsFirst)
        {
            // The page may come from the archive before the ring has what is new in it. An older ring would give a text that the
            // page's position says is gone.
            if (!await ring.CatchUpAsync(page.Position, cancellation))
            {
                throw new OperationCanceledException("The ring doesn't hold what the archive has.");
            }

            page = page with { Entries = [.. Newest(page.Entries, ring.State)] };
        }

        return (ring.Feed, page, await ChangedAtAsync(ring.Feed, page.Position, cancellation));
    }

    /// <summary>
    /// The page, and what changed below it of late: a program that asks now and then looks at the first page alone, and must hear
    /// of a correction or a withdrawal of what has moved down since it read it.
    /// </summary>
    private static IEnumerable<Entry> Newest(IReadOnlyList<Entry> entries, RingState ring)
    {
        var held = ring.Entries.ToDictionary(entry => entry.Id);
        var ids = entries.Select(entry => entry.Id).ToHashSet();
        var changed = ring.Entries.Where(entry => entry.Revision > 1 && !ids.Contains(entry.Id)).Reverse().ToList();
        return entries.Select(entry => held.TryGetValue(entry.Id, out var newer) && newer.Seq > entry.Seq ? newer : entry)
            .Concat(changed.Where(entry => entry.Status is EntryStatus.Live).Take(ChangedCount)
                .Concat(changed.Where(entry => entry.Status is EntryStatus.Retracted))
                .OrderByDescending(entry => entry.PublishedAt));
    }

    private async Task<DateTimeOffset> ChangedAtAsync(Feed feed, Position position, CancellationToken cancellation)
    {
        if (changes.TryGetValue(feed.Slug, out var known) && known.Position == position)
        {
            return known.At;
        }

        var at = await archive.WrittenAtAsync(feed.Slug, position.Seq, cancellation) ?? feed.CreatedAt;
        changes[feed.Slug] = (position, at);
        return at;
    }
}
