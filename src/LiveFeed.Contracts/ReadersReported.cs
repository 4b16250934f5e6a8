namespace LiveFeed.Contracts;

/// <summary>
/// A ticker node's word on its readers, about once a second while there is something new to say: who is there, and how far the
/// last changes have come. Each report of a feed takes the place of the node's last one; one that is lost does no harm.
/// </summary>
/// <param name="Node">The node, by a name that it has until it ends.</param>
/// <param name="Feeds">The feeds of which there is something to say.</param>
public sealed record ReadersReported(string Node, IReadOnlyList<FeedReaders> Feeds);

/// <summary>A feed's readers at one node.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Epoch">The log that the seqs are of.</param>
/// <param name="Readers">
/// How many tickers are open, by where they stand: the host of a partner's page, <see cref="OwnPages"/> or <see cref="Programs"/>.
/// </param>
/// <param name="Changes">Changes that are still on their way, or were a second ago; the oldest first.</param>
public sealed record FeedReaders(string Feed, string Epoch, IReadOnlyDictionary<string, int> Readers, IReadOnlyList<ChangeReached> Changes)
{
    /// <summary>The publisher's own pages among <see cref="Readers"/>.</summary>
    public const string OwnPages = "own pages";

    /// <summary>Who comes without a page: programs.</summary>
    public const string Programs = "programs";

    /// <summary>The pages of all those partners for whom there is no room.</summary>
    public const string Others = "others";
}

/// <summary>How far one change has come at one node.</summary>
/// <param name="Seq">The change's place in the log.</param>
/// <param name="EntryId">The entry that changed.</param>
/// <param name="Revision">The entry's revision by it.</param>
/// <param name="Pushed">On how many open tickers it was pushed, at the most there were.</param>
/// <param name="Confirmed">How many open tickers have said that it stands on the screen.</param>
/// <param name="Waiting">How many open tickers are still on what was before: not told yet, or asked to confirm and silent so far.</param>
/// <param name="Times">How long it took from the announcement to the screens that told.</param>
public sealed record ChangeReached(long Seq, Guid EntryId, int Revision, int Pushed, int Confirmed, int Waiting, ScreenTimes Times);
