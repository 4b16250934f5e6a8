namespace LiveFeed.Contracts;

/// <summary>What a ticker is asked to confirm, as the answer to each confirmation says anew (the hub's method <c>Seen</c>).</summary>
/// <param name="Every">One change in so many, by chance; 1 for all. A retraction is confirmed by every ticker.</param>
/// <param name="WithinMs">How long a confirmation may wait, in milliseconds, so that not all of them come at once.</param>
public sealed record Asked(int Every, int WithinMs);
