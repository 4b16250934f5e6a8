using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>An entry's id in an address.</summary>
internal static class EntryId
{
    /// <summary>The rule that it breaks, or null.</summary>
    public static BrokenRule? Check(string text, out Guid id) =>
        Guid.TryParseExact(text, "D", out id) ? null : new("id", "An entry's id is a UUID, such as 0197a9c1-5f0e-7d3c-9a52-3c1d2e4f5a6b.");
}
