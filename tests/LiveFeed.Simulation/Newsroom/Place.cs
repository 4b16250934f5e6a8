using LiveFeed.Contracts;

namespace LiveFeed.Simulation.Newsroom;

/// <summary>What decides where an entry stands: pinned first, then the newest, then the higher id.</summary>
internal readonly record struct Place(bool Pinned, long Published, string Id) : IComparable<Place>
{
    public static Place Of(Entry entry) => new(entry.Pinned, entry.PublishedAt.ToUnixTimeMilliseconds(), entry.Id.ToString());

    /// <summary>Negative when <paramref name="a"/> stands above <paramref name="b"/>.</summary>
    public static int Compare(Entry a, Entry b)
    {
        if (a.Pinned != b.Pinned)
        {
            return a.Pinned ? -1 : 1;
        }

        return a.PublishedAt != b.PublishedAt ? b.PublishedAt.CompareTo(a.PublishedAt) : string.CompareOrdinal(b.Id.ToString(), a.Id.ToString());
    }

    public int CompareTo(Place other)
    {
        if (Pinned != other.Pinned)
        {
            return Pinned ? -1 : 1;
        }

        return Published != other.Published ? other.Published.CompareTo(Published) : string.CompareOrdinal(other.Id, Id);
    }
}
