using System.Globalization;

namespace LiveFeed.Desk;

/// <summary>What a writer has seen, as If-Match says it: a number in quotes (RFC 9110, 8.8.3), the entity tag of what they changed.</summary>
internal static class IfMatch
{
    /// <summary>False for what is no such tag; the numbers begin at 1.</summary>
    public static bool TryRead(string text, out int seen)
    {
        seen = 0;
        return text is ['"', .. var digits, '"']
            && RevisionNumber.TryRead(digits, out seen);
    }

    /// <summary>The tag of a revision or version.</summary>
    public static string Tag(int number) => string.Create(CultureInfo.InvariantCulture, $"\"{number}\"");
}
