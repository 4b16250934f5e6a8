using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Ring;

/// <summary>
/// Notices that changes come to this node by comparison alone: its queue is cut off, or nobody takes from it any more. Its
/// readers get everything, but seconds late, so others should serve them.
/// </summary>
internal sealed class Announcements
{
    // In comparisons. A feed that is quiet after it was cut off proves nothing; then the doubt ends by itself.
    private const int Remembered = 5;

    private readonly Dictionary<FeedRing, Seen> seen = [];

    /// <summary>The feeds of which changes were not announced within the time between two comparisons.</summary>
    public IReadOnlyList<string> FindMissing(IEnumerable<FeedRing> rings)
    {
        var missing = new List<string>();
        foreach (var ring in rings)
        {
            var (announced, top) = (ring.Announced, ring.State.Top);
            if (!seen.TryGetValue(ring, out var before))
            {
                before = new(top, Remembered);
            }

            // What stood here the last time must have been announced by now.
            var isMissing = announced.Epoch == before.Top.Epoch && announced.Seq < before.Top.Seq;
            var age = !isMissing ? Remembered : top != before.Top || before.Age == Remembered ? 0 : before.Age + 1;
            seen[ring] = new(top, age);
            if (age < Remembered)
            {
                missing.Add(ring.Feed.Slug);
            }
        }

        return missing;
    }

    private sealed record Seen(Position Top, int Age);
}
