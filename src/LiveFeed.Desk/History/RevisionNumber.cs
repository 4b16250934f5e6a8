using System.Globalization;

namespace LiveFeed.Desk;

/// <summary>Revisions, and versions of drafts, as requests name them.</summary>
internal static class RevisionNumber
{
    /// <summary>False for what is no number, or none from 1 on.</summary>
    public static bool TryRead(string? text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
