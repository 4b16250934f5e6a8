using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFeed.Contracts.Languages;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>What a page in a language may say: its file's words, and nothing that only the English file has or none.</summary>
internal sealed partial class SpokenWords
{
    // The product, the clocks' name, and what a change is called in the API's description and the audit log.
    private static readonly string[] Names = ["LiveFeed", "UTC", "account", "createEntry", "publishEntry", "correctEntry", "retractEntry"];

    private readonly string language;
    private readonly HashSet<string> latin;
    private readonly List<string> english;

    /// <param name="language">A key of ISO 639.</param>
    public SpokenWords(string language)
    {
        this.language = language;
        var own = string.Join('\n', Texts(language));
        latin = [.. Latin().Matches(own).Select(word => word.Value), .. Names];
        english = [.. Texts("en").SelectMany(TextPlaces.Of).Select(piece => piece.Words.Trim(' ', '.', ',', ':', '(', ')'))
            .Where(words => words.Length > 3 && !Stands(own, words)).Distinct()];
    }

    /// <summary>What a page says that it shouldn't, in its texts and in the names of its parts.</summary>
    /// <param name="page">The page.</param>
    /// <param name="data">What people wrote in Latin letters.</param>
    public IEnumerable<string> Strange(string page, IReadOnlyList<string> data)
    {
        var direction = language == "ar" ? "rtl" : "ltr";
        if (!page.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", StringComparison.Ordinal))
        {
            yield return $"not that it is in {language}: {page[..Math.Min(page.Length, 200)]}";
            yield break;
        }

        var named = string.Join('\n', Named().Matches(page).Select(name => name.Groups[1].Value));
        var text = WebUtility.HtmlDecode($"{Tag().Replace(Code().Replace(page, ""), "\n")}\n{named}");
        text = data.Aggregate(Id().Replace(text, ""), (left, written) => left.Replace(written, "", StringComparison.Ordinal));
        foreach (var words in english.Where(words => Stands(text, words)))
        {
            yield return words;
        }

        if (language != "de")
        {
            foreach (var word in Latin().Matches(text).Select(word => word.Value).Where(word => !latin.Contains(word)))
            {
                yield return word;
            }
        }
    }

    private static bool Stands(string text, string words) => Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(words)}(?!\w)");

    private static IEnumerable<string> Texts(string language)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "LiveFeed.Web", "words", "pages", $"{language}.json")));
        return [.. json.RootElement.EnumerateObject().SelectMany(section => section.Value.EnumerateObject())
            .SelectMany(text => text.Value.ValueKind is JsonValueKind.String ? [text.Value.GetString()!] : text.Value.EnumerateObject().Select(form => form.Value.GetString()!))];
    }

    [GeneratedRegex("[A-Za-z]{3,}")]
    private static partial Regex Latin();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"<code.*?</code>|<script.*?</script>|<bdi>[a-z2-9]{8}</bdi>", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("\\b(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"")]
    private static partial Regex Named();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();
}
