using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;

namespace LiveFeed.Contracts.Languages;

/// <summary>The files of words that an assembly carries in one folder, one a language. Another language is one more file.</summary>
/// <param name="assembly">What carries them, as <c>FOLDER/xx.json</c>.</param>
/// <param name="folder">The folder.</param>
public sealed class WordFiles(Assembly assembly, string folder)
{
    private readonly ConcurrentDictionary<(string Language, string? Section), LanguageWords> read = new();

    /// <summary>Whether there are words in the language of a BCP 47 tag.</summary>
    public bool Has(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return assembly.GetManifestResourceInfo(Name(Primary(tag))) is not null;
    }

    /// <summary>The words in the language of a BCP 47 tag, or else in English.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="section">The section that they are of; without one those of all, each called <c>section.name</c>.</param>
    public LanguageWords In(string tag, string? section = null) => Of(Has(tag) ? Primary(tag) : LanguageWords.Fallback, section);

    /// <summary>The best of the languages that somebody asks for and that there are words in (RFC 9110, section 12.5.4); English when there are none.</summary>
    /// <param name="acceptLanguage">The values of the header <c>Accept-Language</c>.</param>
    public string BestOf(IEnumerable<string?> acceptLanguage) => acceptLanguage
        .SelectMany(header => (header ?? "").Split(','))
        .Select(one => StringWithQualityHeaderValue.TryParse(one, out var language) ? language : null)
        .OfType<StringWithQualityHeaderValue>()
        .Where(language => language.Quality is not 0)
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value)
        .FirstOrDefault(Has) ?? LanguageWords.Fallback;

    private LanguageWords Of(string language, string? section) => read.GetOrAdd((language, section), key =>
        new LanguageWords(key.Language, Read(key.Language, key.Section), key.Language == LanguageWords.Fallback ? null : Of(LanguageWords.Fallback, key.Section)));

    private Dictionary<string, JsonElement> Read(string language, string? wanted)
    {
        using var file = assembly.GetManifestResourceStream(Name(language))!;
        using var json = JsonDocument.Parse(file);
        return json.RootElement.EnumerateObject()
            .Where(section => wanted is null || section.Name == wanted)
            .SelectMany(section => section.Value.EnumerateObject().Select(text => (Name: wanted is null ? $"{section.Name}.{text.Name}" : text.Name, Text: text.Value.Clone())))
            .ToDictionary(one => one.Name, one => one.Text);
    }

    private static string Primary(string tag) => tag.Split('-', '_')[0].ToLowerInvariant();

    private string Name(string language) => $"{folder}/{language}.json";
}
