using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>A whole stretch of a feed's log: every entry that changed after <paramref name="Floor"/>, at its newest state.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Top">Where the log stood.</param>
/// <param name="Floor">The seq below which nothing is told.</param>
/// <param name="Entries">The entries, oldest change first.</param>
public sealed record Stretch(string Feed, Position Top, long Floor, IReadOnlyList<Entry> Entries);
