using System.Data.Common;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Ring;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Followers;

/// <summary>
/// One reader of one feed: a position in the ring, and no queue. It writes what comes after its position, waits until the ring
/// moves, and goes on. A slow reader finds fewer and newer states when it comes back; it never costs more than its position.
/// </summary>
public sealed class Follower(FeedRing ring, RingSource source, IReaderLine line, ILogger log) : Screen
{
    private long began;
    private long reached;

    /// <inheritdoc/>
    public override long Began => Volatile.Read(ref began);

    /// <inheritdoc/>
    public override long Told => Volatile.Read(ref reached);

    /// <summary>Follows from <paramref name="position"/> until cancelled or the line breaks.</summary>
    public async Task RunAsync(Position position, CancellationToken cancellation)
    {
        Position? told = position;
        (began, reached) = (position.Seq, position.Seq);
        var pulses = ring.Pulses;
        while (!cancellation.IsCancellationRequested)
        {
            var moved = ring.Moved;
            if (told is { } from)
            {
                told = await TellAsync(from, cancellation);
                Volatile.Write(ref reached, told?.Seq ?? -1);
            }

            if (ring.Pulses is var now && now != pulses)
            {
                pulses = now;
                await line.PositionAsync(told ?? ring.State.Top, cancellation);
            }

            await moved.WaitAsync(cancellation);
        }
    }

    /// <summary>Tells everything after <paramref name="position"/>. Returns where the reader stands, null when it must ask itself.</summary>
    private async Task<Position?> TellAsync(Position position, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            // Looked at anew for every entry: what was superseded while the last one was written is left out.
            var state = ring.State;
            var next = state.NextAfter(position);
            switch (next.Kind)
            {
                case RingNextKind.Level:
                    return position;

                case RingNextKind.Change:
                    var after = position with { Seq = next.Entry!.Seq };
                    await line.UpdatedAsync(after, next.Entry, next.Previous, cancellation);
                    position = after;
                    break;

                case RingNextKind.BelowFloor when await TellFromArchiveAsync(position, cancellation) is { } reached:
                    if (reached == position)
                    {
                        return position;
                    }

                    position = reached;
                    break;

                default:
                    return await line.AfreshAsync(state.Top, cancellation);
            }
        }

        return position;
    }

    /// <summary>For who fell behind the ring. Null when too much changed; the same position when the archive is away: then again later.</summary>
    private async Task<Position?> TellFromArchiveAsync(Position position, CancellationToken cancellation)
    {
        try
        {
            if (await source.SinceAsync(ring.Feed.Slug, position, cancellation) is not { } missed)
            {
                return null;
            }

            foreach (var entry in missed.Entries)
            {
                var after = position with { Seq = entry.Seq };
                await line.UpdatedAsync(after, entry, position.Seq, cancellation);
                position = after;
            }

            return position;
        }
        catch (Exception failure) when (failure is DbException || ArchiveDatabase.IsPassing(failure))
        {
            log.LogDebug(failure, "A follower of {Feed} at {Position} waits for the archive.", ring.Feed.Slug, position);
            return position;
        }
    }
}
