using System.Diagnostics.Metrics;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.SignalR;

namespace LiveFeed.Ticker.Receipts;

/// <summary>The calls <c>Seen(feed, position, previous?, ago?)</c> and <c>Monitor(feed)</c>, whichever way they came.</summary>
public sealed class SeenCall(ReaderReceipts receipts, TimeProvider clock, IMeterFactory meters)
{
    private readonly Counter<long> refused = meters.Create("LiveFeed.Ticker")
        .CreateCounter<long>("livefeed.confirmations.refused", description: "Calls of Seen that broke a rule, by reason.");

    /// <summary>A screen confirms that it shows everything up to a position.</summary>
    /// <param name="ring">The feed; null when it isn't followed.</param>
    /// <param name="screen">The screen; null when the feed isn't followed.</param>
    /// <param name="position">Up to where; what this node's log doesn't have counts for nothing.</param>
    /// <param name="previous">The seq that stood on the screen before; null when the screen isn't looked at.</param>
    /// <param name="ago">How many milliseconds ago it came onto the screen. No reader's clock is asked.</param>
    /// <exception cref="HubException">The call breaks a rule, which the message names.</exception>
    public Asked Answer(FeedRing? ring, Screen? screen, string? position, long? previous, long? ago)
    {
        if (ring is null || screen is null)
        {
            throw Refused("not_followed", "Follow the feed first: what isn't followed can't be confirmed.");
        }

        if (!Position.TryParse(position, out var seen))
        {
            throw Refused("bad_position", "A position is written epoch:seq, as the server gave it.");
        }

        if (ago is < 0 or > ScreenTimes.Longest || previous is < 0 || (previous is null) != (ago is null))
        {
            throw Refused("bad_time", $"previous is a seq and ago 0 to {ScreenTimes.Longest} milliseconds, both or neither.");
        }

        var (deliveries, top) = (receipts.Of(ring), ring.State.Top);
        return seen.Epoch != top.Epoch || seen.Seq > top.Seq
            ? deliveries.Asked
            : deliveries.Confirm(screen, seen.Seq, previous, clock.GetUtcNow() - TimeSpan.FromMilliseconds(ago ?? 0));
    }

    /// <summary>A screen says that it is the newsroom's own, and no reader's.</summary>
    /// <exception cref="HubException">The feed isn't followed.</exception>
    public void Exclude(FeedRing? ring, Screen? screen)
    {
        if (ring is null || screen is null)
        {
            throw Refused("not_followed", "Follow the feed first.");
        }

        screen.BeMonitor();
        receipts.Of(ring).ScreensMoved();
    }

    private HubException Refused(string reason, string rule)
    {
        refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
        return new HubException(rule);
    }
}
