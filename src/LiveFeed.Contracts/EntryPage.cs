namespace LiveFeed.Contracts;

/// <summary>A list of entries, as the JSON API answers it.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Position">What a reader who holds these, and what comes before them in the list, has seen.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Next">The cursor for what follows: <c>before</c> takes it, or <c>since</c> where that was asked for. Absent at the end.</param>
/// <param name="Previous">The cursor for what stands above, which <c>after</c> takes. Absent at the top, and where the list began there.</param>
public sealed record EntryPage(string Feed, Position Position, IReadOnlyList<Entry> Entries, string? Next = null, string? Previous = null);

/// <summary>The hub's answer to <c>Follow(feed, position?)</c>.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Position">What the reader has seen once it holds <paramref name="Entries"/>.</param>
/// <param name="Reset">True: forget all that was held, these are the newest. False: these are all that changed, oldest change first.</param>
/// <param name="Entries">The entries.</param>
public sealed record Followed(string Feed, Position Position, bool Reset, IReadOnlyList<Entry> Entries);
