namespace LiveFeed.Contracts.Languages;

/// <summary>Which form of a text goes with a whole number: CLDR's cardinal plural categories, as <c>Intl.PluralRules</c> names them.</summary>
public static class PluralRules
{
    /// <summary>The category of <paramref name="number"/>, not negative, in a language; a language that isn't here counts as English does.</summary>
    public static string Category(string language, int number) => (language, number % 10, number % 100) switch
    {
        ("ja" or "zh" or "ko" or "vi" or "th" or "id", _, _) => "other",
        ("uk" or "ru" or "be", 1, not 11) => "one",
        ("uk" or "ru" or "be", >= 2 and <= 4, < 12 or > 14) => "few",
        ("uk" or "ru" or "be", _, _) => "many",
        ("ar", _, _) => number switch
        {
            0 => "zero",
            1 => "one",
            2 => "two",
            _ => (number % 100) switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" },
        },
        _ => number == 1 ? "one" : "other",
    };
}
