using System.Globalization;
using System.Text.Json;

namespace LiveFeed.Contracts.Languages;

/// <summary>LiveFeed's own words in one language, from the one file of that language. What a file doesn't have yet is said in English.</summary>
public sealed class LanguageWords
{
    /// <summary>The language that stands in for those that there are no words in.</summary>
    public const string Fallback = "en";

    /// <summary>The files of the words that readers see.</summary>
    public static readonly WordFiles OfReaders = new(typeof(LanguageWords).Assembly, "words");

    private readonly Dictionary<string, JsonElement> texts;
    private readonly LanguageWords? fallback;

    internal LanguageWords(string language, Dictionary<string, JsonElement> texts, LanguageWords? fallback)
    {
        Language = language;
        Direction = TextDirections.Of(language);
        this.texts = texts;
        this.fallback = fallback;
    }

    /// <summary>The language, a key of ISO 639.</summary>
    public string Language { get; }

    /// <summary>Which way it runs.</summary>
    public TextDirection Direction { get; }

    /// <summary>The plain text that is called so.</summary>
    /// <exception cref="KeyNotFoundException">There is none, not even in English: a mistake in the program.</exception>
    public string this[string name] => Find(name).GetString()!;

    /// <summary>The form of a text that fits a number, with the number in the place of <c>{n}</c>.</summary>
    public string this[string name, int number] => Fill(Form(name, number), ("n", number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The text that is called so, with values in its places.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="values">What stands in the place of <c>{Place}</c>.</param>
    public string this[string name, params ReadOnlySpan<(string Place, object? Value)> values] => Fill(this[name], values);

    /// <summary>The form of a text that fits a number, its places open.</summary>
    public string Form(string name, int number)
    {
        var text = Find(name);
        return (text.TryGetProperty(PluralRules.Category(Language, number), out var fits) ? fits : text.GetProperty("other")).GetString()!;
    }

    /// <summary>The words that stand in an entry, in the language of a BCP 47 tag or else in English.</summary>
    public static LanguageWords OfEntries(string tag) => OfReaders.In(tag, "entry");

    /// <summary>The words of the readers' pages, in the language of a BCP 47 tag or else in English.</summary>
    public static LanguageWords OfPages(string tag) => OfReaders.In(tag, "page");

    // Among words that run from right to left a value is kept apart (U+2068 … U+2069, as <bdi> does): a date would turn around.
    private string Fill(string text, params ReadOnlySpan<(string Place, object? Value)> values)
    {
        var (begin, end) = Direction is TextDirection.Rtl ? ("\u2068", "\u2069") : ("", "");
        var filled = "";
        foreach (var (words, place) in TextPlaces.Of(text))
        {
            filled += words;
            foreach (var (name, value) in values)
            {
                filled += name == place ? $"{begin}{string.Create(CultureInfo.InvariantCulture, $"{value}")}{end}" : "";
            }
        }

        return filled;
    }

    private JsonElement Find(string name) =>
        texts.TryGetValue(name, out var text) ? text
        : fallback is not null ? fallback.Find(name)
        : throw new KeyNotFoundException($"There are no words called '{name}' in {Fallback}.json.");
}
