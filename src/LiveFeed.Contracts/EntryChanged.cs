namespace LiveFeed.Contracts;

/// <summary>
/// The fan-out's announcement that a change stands in the archive. Every ticker node gets every one. It may come twice, late
/// or out of order: whoever holds the feed up to <c>Entry.Seq - 1</c> applies it, others fetch what they lack first.
/// </summary>
/// <param name="Epoch">The feed's log, see <see cref="Position"/>.</param>
/// <param name="Entry">The entry as the change left it, without its body.</param>
public sealed record EntryChanged(string Epoch, Entry Entry);
