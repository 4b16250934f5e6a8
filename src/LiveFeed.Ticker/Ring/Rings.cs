using System.Collections.Concurrent;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Ring;

/// <summary>
/// The rings of this node, each loaded when its feed is first asked for. Who asks while it loads waits for the same load.
/// Unknown feeds and failed loads leave nothing behind, so that strangers can't fill the memory and the next one tries anew.
/// </summary>
public sealed class Rings(RingSource source, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Lazy<Task<FeedRing?>>> rings = new(StringComparer.Ordinal);

    /// <summary>The rings that are loaded.</summary>
    public IEnumerable<FeedRing> Loaded => rings.Values.Select(LoadedRing).OfType<FeedRing>();

    /// <summary>The ring of a feed, loaded if need be; null when there is no such feed.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public async Task<FeedRing?> FindAsync(string slug, CancellationToken cancellation)
    {
        if (EntryRules.CheckSlug("feed", slug) is not null)
        {
            return null;
        }

        var load = rings.GetOrAdd(slug, _ => new Lazy<Task<FeedRing?>>(() => LoadAsync(slug)));
        try
        {
            // The load goes on when this one stops waiting: others wait for it too.
            var ring = await load.Value.WaitAsync(cancellation);
            if (ring is null)
            {
                Forget(slug, load);
            }

            return ring;
        }
        catch when (load.Value.IsFaulted || load.Value.IsCanceled)
        {
            Forget(slug, load);
            throw;
        }
    }

    /// <summary>
    /// The ring of a feed if somebody has asked for it on this node; null otherwise. Waits for a load that is under way: it may
    /// have read the archive before the change that the caller brings.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public async Task<FeedRing?> FindLoadedAsync(string slug, CancellationToken cancellation) =>
        rings.ContainsKey(slug) ? await FindAsync(slug, cancellation) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var ring in Loaded)
        {
            ring.Dispose();
        }
    }

    private static FeedRing? LoadedRing(Lazy<Task<FeedRing?>> load) =>
        load is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: { } ring } } ? ring : null;

    private async Task<FeedRing?> LoadAsync(string slug)
    {
        using var limit = new CancellationTokenSource(LoadLimit, clock);
        return await source.LoadAsync(slug, limit.Token) is ({ } feed, { } stretch) ? new FeedRing(feed, stretch, source) : null;
    }

    private void Forget(string slug, Lazy<Task<FeedRing?>> load) => rings.TryRemove(new(slug, load));
}
