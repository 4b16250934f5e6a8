using System.Globalization;

namespace LiveFeed.Contracts;

/// <summary>
/// The queues that carry <see cref="SubmitEntry"/> to the fan-out. Each is worked off one at a time by one node, so that what
/// a writer sends to a feed is carried out in the order sent; several of them, so that one feed's rush doesn't hold up all others.
/// </summary>
public static class SubmissionQueues
{
    /// <summary>How many there are. To change it, stop the desks and let the queues run empty first: a feed's queue moves.</summary>
    public const int Count = 4;

    /// <summary>All their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(0, Count).Select(Name)];

    /// <summary>The queue that is bound to the message itself: what other systems publish, without knowing of queues, arrives here.</summary>
    public static string Published => Names[0];

    /// <summary>The queue for a feed's submissions: always the same one, whichever node asks.</summary>
    public static string For(string feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        // FNV-1a (draft-eastlake-fnv): string.GetHashCode differs from process to process.
        var hash = feed.Aggregate(2166136261u, (sum, c) => unchecked((sum ^ c) * 16777619u));
        return Names[(int)(hash % Count)];
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"livefeed-submissions-{number}");
}
