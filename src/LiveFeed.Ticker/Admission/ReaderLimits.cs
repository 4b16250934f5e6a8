namespace LiveFeed.Ticker.Admission;

/// <summary>How many readers a node takes. What is more is told when to try again, before it costs anything.</summary>
/// <param name="Readers">The most connections of readers on this node (<c>LiveFeed:Limits:Readers</c>). One is about 5 KiB of memory
/// and one open file.</param>
/// <param name="ReadersPerAddress">The most of them from one address, or one IPv6 network of 64 bits
/// (<c>LiveFeed:Limits:ReadersPerAddress</c>): an office behind one address has room, a single machine can't take the whole node.</param>
public sealed record ReaderLimits(int Readers = 50_000, int ReadersPerAddress = 500);
