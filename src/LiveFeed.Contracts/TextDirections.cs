namespace LiveFeed.Contracts;

/// <summary>Which way a language runs.</summary>
public static class TextDirections
{
    // ISO 15924 scripts and ISO 639 languages whose usual script runs from right to left (CLDR's layout data).
    private static readonly HashSet<string> Scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        "Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa",
    };

    private static readonly HashSet<string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        "ar", "arc", "ary", "arz", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks", "lrc",
        "mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
    };

    /// <summary>The direction of a BCP 47 tag: the script named in it decides (<c>az-Arab</c>), else the language's usual one.</summary>
    public static TextDirection Of(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        var parts = language.Split('-', '_');
        var script = parts.Skip(1).FirstOrDefault(part => part.Length == 4 && part.All(char.IsAsciiLetter));
        return (script is null ? Languages.Contains(parts[0]) : Scripts.Contains(script)) ? TextDirection.Rtl : TextDirection.Ltr;
    }
}
