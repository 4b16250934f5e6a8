using LiveFeed.Contracts;

namespace LiveFeed.Simulation.Nodes;

/// <summary>What a node writes to a reader's line.</summary>
internal abstract record Message;

/// <summary>The answer to <c>Follow</c>.</summary>
internal sealed record Answered(Followed Answer) : Message;

/// <summary><c>Follow</c> was refused.</summary>
internal sealed record Refused : Message;

/// <summary><c>Updated(entry, previous)</c>. Where the reader stands after it is what the node believes; readers aren't told.</summary>
internal sealed record Updated(Entry Entry, long Previous, Position After) : Message;

/// <summary><c>Position(feed, position)</c>.</summary>
internal sealed record Told(Position Position) : Message;

/// <summary>A server-sent <c>updated</c> and its id.</summary>
internal sealed record UpdatedEvent(Position Id, Entry Entry) : Message;

/// <summary>A server-sent <c>reset</c>.</summary>
internal sealed record ResetEvent(Followed Newest) : Message;
