using LiveFeed.Contracts;
using LiveFeed.Simulation.Newsroom;

namespace LiveFeed.Simulation.Readers;

/// <summary>
/// entries.ts without a document: what a reader's page shows, each entry once, at the newest state that was ever offered. It
/// keeps count of the states that came too late, which the real page passes over in silence.
/// </summary>
internal sealed class Page
{
    private readonly int resetSize;
    private readonly Dictionary<Guid, Entry> offered = [];
    private readonly Dictionary<Guid, Entry> shown = [];

    public Page(int resetSize, IReadOnlyList<Entry> start, bool whole)
    {
        this.resetSize = resetSize;
        foreach (var entry in start)
        {
            offered[entry.Id] = shown[entry.Id] = entry;
        }

        SetBorder(whole, start);
    }

    /// <summary>The newest state of every entry that was offered since the last reset, shown or below what is loaded.</summary>
    public IReadOnlyDictionary<Guid, Entry> Offered => offered;

    /// <summary>The last place of the unpinned entries that are loaded; null when everything is.</summary>
    public Place? Border { get; private set; }

    /// <summary>How often the page was told to begin afresh.</summary>
    public int Resets { get; private set; }

    /// <summary>A state that was offered after a newer one; null as long as there was none.</summary>
    public Entry? TooLate { get; private set; }

    public bool Shows(Guid id) => shown.ContainsKey(id);

    /// <summary>What is shown, top down.</summary>
    public List<Entry> Shown()
    {
        var entries = shown.Values.ToList();
        entries.Sort(Place.Compare);
        return entries;
    }

    public void Reset(IReadOnlyList<Entry> entries)
    {
        Resets++;
        offered.Clear();
        shown.Clear();
        Border = null;
        foreach (var entry in entries)
        {
            Apply(entry);
        }

        SetBorder(entries.Count < resetSize, entries);
    }

    public void Apply(Entry entry)
    {
        if (offered.TryGetValue(entry.Id, out var held) && held.Seq >= entry.Seq)
        {
            TooLate ??= entry;
            return;
        }

        offered[entry.Id] = entry;
        if (Border is { } border && Place.Of(entry).CompareTo(border) > 0)
        {
            shown.Remove(entry.Id);
        }
        else
        {
            shown[entry.Id] = entry;
        }
    }

    private void SetBorder(bool whole, IReadOnlyList<Entry> entries)
    {
        Border = null;
        if (!whole)
        {
            var places = entries.Where(entry => !entry.Pinned).Select(Place.Of).ToList();
            // A page of nothing but pinned entries: the real one takes the time, which lies above all that was published.
            Border = places.Count > 0 ? places.Max() : new Place(false, long.MaxValue, "");
        }
    }
}
