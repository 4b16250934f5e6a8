using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace LiveFeed.Contracts.Languages;

/// <summary>
/// LiveFeed's own words in one language, from the one file of that language (<c>words/xx.json</c>). Another language is one more
/// file. What a file doesn't have yet is said in English.
/// </summary>
public sealed class LanguageWords
{
    /// <summary>The language that stands in for those that there are no words in.</summary>
    public const string Fallback = "en";

    private static readonly ConcurrentDictionary<(string Language, string Section), LanguageWords> Read = new();

    private readonly JsonElement words;
    private readonly LanguageWords? fallback;

    private LanguageWords(string language, string section)
    {
        Language = language;
        using var file = typeof(LanguageWords).Assembly.GetManifestResourceStream(Name(language))!;
        using var json = JsonDocument.Parse(file);
        words = json.RootElement.GetProperty(section).Clone();
        fallback = language == Fallback ? null : Of(Fallback, section);
    }

    /// <summary>The language, a key of ISO 639.</summary>
    public string Language { get; }

    /// <summary>The plain text that is called so.</summary>
    /// <exception cref="KeyNotFoundException">There is none, not even in English: a mistake in the program.</exception>
    public string this[string name] => Find(name).GetString()!;

    /// <summary>The form of a text that fits a number, with the number in the place of <c>{n}</c>.</summary>
    public string this[string name, int number]
    {
        get
        {
            var text = Find(name);
            var form = text.TryGetProperty(PluralRules.Category(Language, number), out var fits) ? fits : text.GetProperty("other");
            return form.GetString()!.Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }
    }

    /// <summary>The words that stand in an entry, in the language of a BCP 47 tag or else in English.</summary>
    public static LanguageWords OfEntries(string tag) => Of(Known(tag), "entry");

    /// <summary>The words of the readers' pages, in the language of a BCP 47 tag or else in English.</summary>
    public static LanguageWords OfPages(string tag) => Of(Known(tag), "page");

    /// <summary>Whether there are words in the language of a BCP 47 tag.</summary>
    public static bool IsKnown(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return typeof(LanguageWords).Assembly.GetManifestResourceInfo(Name(Primary(tag))) is not null;
    }

    private static string Known(string tag) => IsKnown(tag) ? Primary(tag) : Fallback;

    private static LanguageWords Of(string language, string section) =>
        Read.GetOrAdd((language, section), static key => new LanguageWords(key.Language, key.Section));

    private static string Primary(string tag) => tag.Split('-', '_')[0].ToLowerInvariant();

    private static string Name(string language) => $"words/{language}.json";

    private JsonElement Find(string name) =>
        words.TryGetProperty(name, out var text) ? text
        : fallback is not null ? fallback.Find(name)
        : throw new KeyNotFoundException($"There are no words called '{name}' in words/{Fallback}.json.");
}
