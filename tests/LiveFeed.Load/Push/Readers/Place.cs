namespace LiveFeed.Load.Push.Readers;

/// <summary>How an item stands to those that came before it.</summary>
internal enum Order
{
    Next,
    Doubled,
    Late,
}

/// <summary>Which items a reader has: all up to one, but for those that it lacks.</summary>
internal sealed class Place
{
    private HashSet<long>? lacks;
    private long last;

    /// <summary>How many items below the newest never came.</summary>
    public int Lacks => lacks?.Count ?? 0;

    /// <summary>From here on everything after <paramref name="number"/> is expected.</summary>
    public void StandAt(long number) => (last, lacks) = (number, null);

    public Order Take(long number)
    {
        if (number <= last)
        {
            return lacks?.Remove(number) == true ? Order.Late : Order.Doubled;
        }

        for (var missing = last + 1; missing < number; missing++)
        {
            (lacks ??= []).Add(missing);
        }

        last = number;
        return Order.Next;
    }
}
