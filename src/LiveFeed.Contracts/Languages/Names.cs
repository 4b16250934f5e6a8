namespace LiveFeed.Contracts.Languages;

/// <summary>Names, titles and headlines as they may stand among other words.</summary>
public static class Names
{
    /// <summary>
    /// The text without controls and without bidi embeddings, overrides and isolates (U+202A–202E, U+2066–2069): with them a name
    /// turns the words around it, and "exe.jpg" reads as "gpj.exe".
    /// </summary>
    public static string Clean(string? text) => string.Concat((text ?? "").Where(c => !char.IsControl(c) && c is not (
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))));
}
