using System.Diagnostics.Metrics;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.SignalR;

namespace LiveFeed.Ticker.Followers;

/// <summary>The call <c>Follow(feed, position?)</c>, whichever way it came.</summary>
public sealed class FollowCall(Rings rings, Joining joining, PartnerList partners, IMeterFactory meters)
{
    /// <summary>The most feeds that one connection follows.</summary>
    public const int MostFeeds = 20;

    private readonly Counter<long> refused = meters.Create("LiveFeed.Ticker")
        .CreateCounter<long>("livefeed.follows.refused", description: "Calls of Follow that broke a rule, by reason.");

    /// <summary>Checks the call and answers it. To follow from the answer's position then misses nothing.</summary>
    /// <param name="feed">The feed's slug.</param>
    /// <param name="position">Where the reader stands; null when nowhere.</param>
    /// <param name="site">Where the reader's ticker stands.</param>
    /// <param name="isFull">Whether the reader follows as many feeds as it may already, and not this one.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <returns>The feed, the answer, and what readers on that site are counted as.</returns>
    /// <exception cref="HubException">The call breaks a rule, which the message names.</exception>
    /// <exception cref="System.Data.Common.DbException">The archive was needed and can't be reached.</exception>
    public async Task<(FeedRing Ring, Followed Answer, string Partner)> AnswerAsync(
        string? feed, string? position, Site site, bool isFull, CancellationToken cancellation)
    {
        if (EntryRules.CheckSlug("feed", feed) is { } broken)
        {
            throw Refused("bad_feed", broken.Rule);
        }

        Position? seen = Position.TryParse(position, out var parsed) ? parsed : null;
        if (position is not null && seen is null)
        {
            throw Refused("bad_position", "A position is written epoch:seq, as the server gave it.");
        }

        if (isFull)
        {
            throw Refused("too_many_feeds", $"One connection follows at most {MostFeeds} feeds. Unfollow one first.");
        }

        var ring = await rings.FindAsync(feed!, cancellation) ?? throw Refused("unknown_feed", $"There is no feed named '{feed}'.");
        if (partners.Refusal(ring.Feed, site) is { } rule)
        {
            throw Refused("not_for_this_site", rule);
        }

        return (ring, await joining.JoinAsync(ring, seen, cancellation), partners.NameOf(site));
    }

    private HubException Refused(string reason, string rule)
    {
        refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
        return new HubException(rule);
    }
}
