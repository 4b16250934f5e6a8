namespace LiveFeed.Rendering;

/// <summary>An entry as readers see it.</summary>
/// <param name="Html">One <c>article</c> element, safe to put into any page as it is.</param>
/// <param name="ReadingMinutes">Minutes to read it, at least 1.</param>
public sealed record Rendered(string Html, int ReadingMinutes);
