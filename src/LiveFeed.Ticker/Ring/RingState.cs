using System.Collections.Immutable;
using LiveFeed.Archive;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Ring;

/// <summary>
/// The end of a feed's log at one moment: every entry that changed after <see cref="Floor"/>, once, at its newest state, oldest
/// change first. What it tells never changes; a change makes the next state. So whoever holds one reads it without a lock, and everything
/// here can be played through without a server.
/// </summary>
public sealed class RingState
{
    private readonly ImmutableArray<Entry> entries;
    private volatile Asked? asked;

    private RingState(Position top, long floor, ImmutableArray<Entry> entries, int kept)
    {
        Top = top;
        Floor = floor;
        this.entries = entries;
        Kept = kept;
    }

    /// <summary>Where the log stands, as far as is known here.</summary>
    public Position Top { get; }

    /// <summary>The seq below which nothing is told any more: who holds less must read the archive.</summary>
    public long Floor { get; }

    /// <summary>How many entries are kept.</summary>
    public int Kept { get; }

    /// <summary>The entries, oldest change first.</summary>
    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>The state that a stretch of the log makes, of which at most <paramref name="kept"/> entries are kept.</summary>
    public static RingState Of(Stretch stretch, int kept)
    {
        ArgumentNullException.ThrowIfNull(stretch);
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, 1);
        return Trimmed(stretch.Top, stretch.Floor, [.. stretch.Entries], kept);
    }

    /// <summary>What a change does: it is a repeat, it joins on to the top, or something is missing before it.</summary>
    public RingStep Apply(EntryChanged change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.Epoch != Top.Epoch ? new(RingStepKind.OtherEpoch, this)
            : change.Entry.Seq <= Top.Seq ? new(RingStepKind.Repeat, this)
            : change.Entry.Seq > Top.Seq + 1 ? new(RingStepKind.Hole, this)
            : new(RingStepKind.Applied, With([change.Entry], change.Entry.Seq));
    }

    /// <summary>
    /// This state and what <paramref name="later"/> tells after it; null when the two don't join: another epoch, or a stretch
    /// that begins above the top.
    /// </summary>
    public RingState? Join(Stretch later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return later.Top.Epoch != Top.Epoch || later.Floor > Top.Seq ? null
            : later.Top.Seq <= Top.Seq ? this
            : With([.. later.Entries.Where(entry => entry.Seq > Top.Seq)], later.Top.Seq);
    }

    /// <summary>True when everything after <paramref name="seq"/> can be told from here.</summary>
    public bool Reaches(long seq) => seq >= Floor;

    /// <summary>
    /// What a reader who stands at <paramref name="position"/> is told next. States that were superseded are left out, so the
    /// change may lie more than one above its <see cref="RingNext.Previous"/>.
    /// </summary>
    public RingNext NextAfter(Position position)
    {
        if (position.Epoch != Top.Epoch)
        {
            return new(RingNextKind.OtherEpoch);
        }

        if (!Reaches(position.Seq))
        {
            return new(RingNextKind.BelowFloor);
        }

        var index = IndexAfter(position.Seq);
        return index < entries.Length ? new(RingNextKind.Change, entries[index], PreviousOf(index)) : new(RingNextKind.Level);
    }

    /// <summary>Everything after <paramref name="seq"/>, as <see cref="NextAfter"/> tells it one by one.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="seq"/> lies below the floor: the answer would hide a hole.</exception>
    public IReadOnlyList<Entry> After(long seq)
    {
        // When a node is lost, all its readers come with the same question. One list for them is encoded once, too.
        if (asked is { } last && last.Seq == seq)
        {
            return last.Answer;
        }

        IReadOnlyList<Entry> answer = entries[IndexAfter(seq)..];
        asked = new(seq, answer);
        return answer;
    }

    // Whatever was between an entry and the one before it has been superseded, so who holds that one lacks nothing. It is the same
    // for every reader, which lets one encoding serve them all.
    private long PreviousOf(int index) => index == 0 ? Floor : entries[index - 1].Seq;

    private int IndexAfter(long seq)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seq, Floor);
        int low = 0, high = entries.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = entries[middle].Seq <= seq ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private RingState With(IReadOnlyList<Entry> changed, long top)
    {
        var ids = changed.Count == 1 ? null : changed.Select(entry => entry.Id).ToHashSet();
        var next = ImmutableArray.CreateBuilder<Entry>(entries.Length + changed.Count);
        foreach (var entry in entries)
        {
            if (ids is null ? entry.Id != changed[0].Id : !ids.Contains(entry.Id))
            {
                next.Add(entry);
            }
        }

        next.AddRange(changed);
        return Trimmed(Top with { Seq = top }, Floor, next.DrainToImmutable(), Kept);
    }

    private sealed record Asked(long Seq, IReadOnlyList<Entry> Answer);

    private static RingState Trimmed(Position top, long floor, ImmutableArray<Entry> entries, int kept)
    {
        var over = entries.Length - kept;
        return over <= 0
            ? new(top, floor, entries, kept)
            : new(top, entries[over - 1].Seq, entries[over..], kept);
    }
}

/// <summary>What a change did to a ring.</summary>
public enum RingStepKind
{
    /// <summary>It joined on to the top.</summary>
    Applied,

    /// <summary>It was known already.</summary>
    Repeat,

    /// <summary>Changes before it never came; they must be fetched before anything later is told.</summary>
    Hole,

    /// <summary>It belongs to another log than the one that is held.</summary>
    OtherEpoch,
}

/// <summary>What a change did to a ring, and the state that it left.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="State">The state after it.</param>
public readonly record struct RingStep(RingStepKind Kind, RingState State);

/// <summary>What a reader is told next.</summary>
public enum RingNextKind
{
    /// <summary>Nothing: it stands where the ring does, or further.</summary>
    Level,

    /// <summary>A change.</summary>
    Change,

    /// <summary>The ring doesn't reach back to where the reader stands.</summary>
    BelowFloor,

    /// <summary>The reader's position is of another log.</summary>
    OtherEpoch,
}

/// <summary>What a reader is told next.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Entry">The change.</param>
/// <param name="Previous">Who holds everything up to this seq, and takes the change, is whole up to the entry's seq.</param>
public readonly record struct RingNext(RingNextKind Kind, Entry? Entry = null, long Previous = 0);
