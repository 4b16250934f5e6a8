namespace LiveFeed.Simulation.Planted;

/// <summary>The mistakes. Each was made, or might be, by somebody who changes one decision.</summary>
internal static class Bugs
{
    private const string RingState = "src/LiveFeed.Ticker/Ring/RingState.cs";
    private const string FeedRing = "src/LiveFeed.Ticker/Ring/FeedRing.cs";
    private const string RingSource = "src/LiveFeed.Ticker/Ring/RingSource.cs";
    private const string RingComparison = "src/LiveFeed.Ticker/Ring/RingComparison.cs";
    private const string Follower = "src/LiveFeed.Ticker/Followers/Follower.cs";
    private const string Joining = "src/LiveFeed.Ticker/Followers/Joining.cs";
    private const string Snapshots = "src/LiveFeed.Ticker/Followers/Snapshots.cs";
    private const string Pushed = "src/LiveFeed.Ticker/Push/Following.cs";
    private const string Archive = "tests/LiveFeed.Simulation/Newsroom/SimulatedArchive.cs";
    private const string Cache = "tests/LiveFeed.Simulation/Newsroom/SimulatedCache.cs";
    private const string Node = "tests/LiveFeed.Simulation/Nodes/Node.cs";
    private const string Client = "tests/LiveFeed.Simulation/Readers/FeedClient.cs";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        // The ring.
        new("the hole check is off by one", RingState, ("change.Entry.Seq > Top.Seq + 1 ?", "change.Entry.Seq > Top.Seq + 2 ?")),
        new("a repeat is applied again", RingState, ("change.Entry.Seq <= Top.Seq ?", "change.Entry.Seq < Top.Seq - 1 ?")),
        new("a change of another log is applied", RingState, ("change.Epoch != Top.Epoch ?", "change.Epoch.Length == 0 ?")),
        new("a superseded state stays in the ring", RingState,
            ("if (ids is null ? entry.Id != changed[0].Id : !ids.Contains(entry.Id))", "if (ids is null || !ids.Contains(entry.Id))")),
        new("what falls out doesn't raise the floor", RingState, ("new(top, entries[over - 1].Seq, entries[over..], kept)", "new(top, floor, entries[over..], kept)")),
        new("the floor is one too low", RingState, ("new(top, entries[over - 1].Seq, entries[over..], kept)", "new(top, entries[over - 1].Seq - 1, entries[over..], kept)")),
        new("an answer skips the floor check", RingState,
            ("Reaches(long seq) => seq >= Floor;", "Reaches(long seq) => true;"),
            ("        ArgumentOutOfRangeException.ThrowIfLessThan(seq, Floor);\n", "")),
        new("the reader's own change is told to it again", RingState, ("entries[middle].Seq <= seq ?", "entries[middle].Seq < seq ?")),
        new("the first change after the position is passed over", RingState, ("entries[middle].Seq <= seq ?", "entries[middle].Seq <= seq + 1 ?")),
        new("previous is the seq before, whatever was left out", RingState, ("index == 0 ? Floor : entries[index - 1].Seq", "entries[index].Seq - 1")),
        new("previous is always the floor", RingState, ("index == 0 ? Floor : entries[index - 1].Seq", "Floor")),
        new("who stands in another log is believed to be level", RingState, ("return new(RingNextKind.OtherEpoch);", "return new(RingNextKind.Level);")),
        new("a body is pushed", FeedRing, ("if (change.Entry.Body is not null)", "if (change.Entry.Body is \"\")")),
        new("a ring moves and wakes nobody", FeedRing, ("            state = next;\n            Wake();", "            state = next;")),
        new("changes don't take turns, and a late reload takes the ring back", FeedRing,
            ("new(1);", "new(1000);")),
        new("a change of a new log is left alone", FeedRing, ("if (step.Kind is RingStepKind.OtherEpoch)", "if (step.Kind is RingStepKind.OtherEpoch && cancellation.IsCancellationRequested)"),
            ("if (known.Epoch != state.Top.Epoch)", "if (known.Epoch != state.Top.Epoch && cancellation.IsCancellationRequested)")),
        new("a ring of another log is believed to hold it", FeedRing, ("state.Top.Epoch == position.Epoch && state.Top.Seq >= position.Seq", "state.Top.Seq >= position.Seq")),
        new("a hole wider than the answer is never closed", FeedRing,
            ("            // More is missing than a ring keeps, or the log is another one: then the end of the log is all that is needed.\n            await ReloadAsync(cancellation);", "")),

        // What it reads.
        new("a page that ends early is taken as whole", RingSource, ("page.Next is not null || ", "")),
        new("what the archive has of another log is taken", RingSource, ("page.Position.Epoch != position.Epoch || ", "")),
        new("the archive is never asked where the feeds stand", RingSource, ("if (redis is not null && !askArchive)", "if (redis is not null)")),
        new("a ring that lags by one is believed to be level", RingComparison, ("top.Seq >= position.Seq", "top.Seq + 1 >= position.Seq")),
        new("a ring of another log is believed to be level", RingComparison, ("top.Epoch == position.Epoch && ", "")),

        // Who follows.
        new("a follower looks first and then takes the signal", Follower,
            ("            var moved = ring.Moved;\n", ""), ("await moved.WaitAsync(cancellation);", "await ring.Moved.WaitAsync(cancellation);")),
        new("who must ask is believed to be level", Follower,
            ("return await line.AfreshAsync(state.Top, cancellation);", "await line.AfreshAsync(state.Top, cancellation);\n                    return state.Top;")),
        new("a follower tells from the archive and forgets where it is", Follower,
            ("                var after = position with { Seq = entry.Seq };\n                await line.UpdatedAsync(after, entry, position.Seq, cancellation);\n                position = after;",
             "                await line.UpdatedAsync(position with { Seq = entry.Seq }, entry, position.Seq, cancellation);")),
        new("when the archive is away a follower goes on at the top", Follower,
            ("waits for the archive.\", ring.Feed.Slug, position);\n            return position;", "waits for the archive.\", ring.Feed.Slug, position);\n            return ring.State.Top;")),
        new("a node that lags answers who is ahead of it", Joining,
            ("        await ring.CatchUpAsync(seen, cancellation);\n", ""), (" || seen.Seq > state.Top.Seq", "")),
        new("a position of another log is taken for one of this", Joining, ("seen.Epoch != state.Top.Epoch || ", "")),
        new("an answer from the archive bears the ring's position", Joining, ("(missed.Entries, missed.Top)", "(missed.Entries, state.Top)")),
        new("a pushed reader of another log is believed to be level", Pushed, (" && state.Top.Epoch == Position.Epoch;", ";")),
        new("a pushed reader that must ask is told nothing", Pushed, ("            return batches.Position(state.Top);", "            return null;"),
            ("mustAsk ? Ring.State.Top : Position", "Position")),
        new("a snapshot is older than the ring", Snapshots, ("held.IsGoodAt(top) ? held", "held is not null ? held")),
        new("a snapshot may lag by one", Snapshots, ("held.Seq >= now.Seq", "held.Seq + 1 >= now.Seq")),
        new("a snapshot that is being read is good for everyone", Snapshots, ("_ => Covers(top, now)", "_ => true")),
        new("the following begins at the ring's top, not where the answer ends", Node,
            ("_ = RunAsync(line, line.Following, answer.Position);", "_ = RunAsync(line, line.Following, ring.State.Top);")),
        new("the stream goes on at the ring's top, not where it began", Node,
            ("await stream.RunAsync(joined.Position);", "await stream.RunAsync(ring.State.Top);")),

        // The cache and the archive.
        new("a stale write to the cache wins", Cache, ("known < seq", "known != seq")),
        new("the cache goes on over a hole", Cache, ("seq <= held.Top + 1", "seq <= held.Top + 2")),
        new("the cache answers from below its floor", Cache, ("from.Seq < held.Floor || ", "")),
        new("what the cache drops doesn't raise its floor", Cache, ("            position = position.Value with { Floor = at };\n", "")),
        new("the cache goes on with another log", Cache, ("held.Epoch == change.Epoch && ", "")),
        new("the cache goes on when it has lost a part", Cache, ("\n            && (held.Top == held.Floor || (log.Count > 0 && entries.Count > 0))", "")),
        new("what comes late moves the cache's floor down", Cache, ("seq > position!.Value.Floor && (", "(")),
        new("a refilled cache claims to begin at the beginning", Cache, ("(stretch.Top.Epoch, stretch.Floor, stretch.Top.Seq)", "(stretch.Top.Epoch, 0, stretch.Top.Seq)")),
        new("the archive's position is read after its entries", Archive, ("Log.Between(seq, Log.Top)", "Log.Between(seq, Math.Max(seq, Log.Top - 1))")),

        // The reader's client.
        new("the client's hole check is off by one", Client, ("next.Previous > held.Seq", "next.Previous > held.Seq + 1")),
        new("the client puts what waited from the old log into the new one", Client, ("left.Epoch != answer.Position.Epoch", "left.Epoch.Length == 0")),
        new("the client doesn't mind a position of another log", Client, ("if (told.Epoch != held.Epoch)", "if (told.Epoch.Length == 0)")),
        new("the client sees a stall and doesn't ask", Client, ("(Position?.Seq ?? 0) < seq", "(Position?.Seq ?? 0) < 0")),
        new("the client applies what it was told already", Client, ("if (next.Entry.Seq > held.Seq)", "if (next.Entry.Seq > held.Seq - 2)")),
    ];
}
