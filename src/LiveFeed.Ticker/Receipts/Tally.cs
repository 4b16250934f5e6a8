using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Receipts;

/// <summary>How many screens stand where, by a walk over them all. It costs a few comparisons a screen, however many changes are counted.</summary>
/// <param name="Seqs">The changes that are counted, in order.</param>
internal sealed record Tally(IReadOnlyList<long> Seqs)
{
    // Anybody can say that they come from anywhere; a report has room for so many names.
    private const int MostPartners = 100;

    // At [i]: screens that have reached the first i of the changes, and no more.
    private readonly int[] told = new int[Seqs.Count + 1];
    private readonly int[] confirmed = new int[Seqs.Count + 1];
    private readonly int[] reached = new int[Seqs.Count + 1];
    private readonly int[] reachedByAll = new int[Seqs.Count + 1];

    /// <summary>How many there are, by where they stand.</summary>
    public Dictionary<string, int> Readers { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts a screen.</summary>
    public void Add(Screen screen)
    {
        if (screen.IsMonitor)
        {
            return;
        }

        var partner = Readers.Count < MostPartners || Readers.ContainsKey(screen.Partner) ? screen.Partner : FeedReaders.Others;
        Readers[partner] = Readers.GetValueOrDefault(partner) + 1;
        told[CountUpTo(screen.Told)]++;
        confirmed[CountUpTo(screen.Confirmed)]++;
        reached[CountUpTo(screen.Reached(byAll: false))]++;
        reachedByAll[CountUpTo(screen.Reached(byAll: true))]++;
    }

    /// <summary>How many have been told the change at <paramref name="index"/>, have confirmed it, and are behind it.</summary>
    public (int Told, int Confirmed, int Waiting) At(int index, bool byAll) =>
        (told[(index + 1)..].Sum(), confirmed[(index + 1)..].Sum(), (byAll ? reachedByAll : reached)[..(index + 1)].Sum());

    // Nearly all stand at the end.
    private int CountUpTo(long seq)
    {
        var count = Seqs.Count;
        while (count > 0 && Seqs[count - 1] > seq)
        {
            count--;
        }

        return count;
    }
}
