using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFeed.Contracts.Languages;
using LiveFeed.Testing;

namespace LiveFeed.Rendering.Tests;

/// <summary>The words in other languages: of readers, of staff's pages, and of every folder that is added.</summary>
public sealed partial class WordFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "LiveFeed.Web", "words");

    /// <summary>All files that English has beside it.</summary>
    public static TheoryData<string> Translations =>
        [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Where(file => Path.GetFileName(file) != "en.json").Order()];

    [Theory, MemberData(nameof(Translations))]
    public void A_language_says_all_that_English_says_with_the_same_places_and_the_forms_that_it_needs(string file)
    {
        var language = Path.GetFileNameWithoutExtension(file);
        var english = Read(Path.Combine(Path.GetDirectoryName(file)!, "en.json"));
        var other = Read(file);

        Assert.Equal(english.Keys.Order(), other.Keys.Order());
        Assert.All(other, text =>
        {
            var (name, forms) = text;
            var whole = english[name];
            Assert.Equal(Wanted(language, isPlural: whole.Count > 1), forms.Keys.Order());
            Assert.DoesNotContain(forms.Values, string.IsNullOrWhiteSpace);
            Assert.Equal(Places(whole.Values.Last()), Places(forms.Values.Last()));
            // "One item" may do without its number, but not without a name.
            Assert.All(forms.Values, form => Assert.Equal(Places(whole.Values.Last()).Where(place => place != "{n}"), Places(form).Where(place => place != "{n}")));
        });
    }

    // The forms of each text by their categories, "other" the last; a text that counts nothing has that alone.
    private static Dictionary<string, SortedList<string, string>> Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
        var texts = new Dictionary<string, SortedList<string, string>>();
        Add("", json.RootElement);
        return texts;

        void Add(string name, JsonElement element)
        {
            if (element.ValueKind is JsonValueKind.String)
            {
                texts.Add(name, new() { ["other"] = element.GetString()! });
            }
            else if (element.TryGetProperty("other", out _) && element.EnumerateObject().All(form => PluralForm().IsMatch(form.Name)))
            {
                texts.Add($"{name}#", new(element.EnumerateObject().ToDictionary(form => form.Name, form => form.Value.GetString()!), Comparer<string>.Create(OtherLast)));
            }
            else
            {
                foreach (var inner in element.EnumerateObject())
                {
                    Add($"{name}.{inner.Name}", inner.Value);
                }
            }
        }
    }

    private static IEnumerable<string> Wanted(string language, bool isPlural) =>
        (isPlural ? Enumerable.Range(0, 200).Select(number => PluralRules.Category(language, number)) : []).Append("other").Distinct().Order();

    private static int OtherLast(string one, string two) => (one == "other", two == "other") switch
    {
        (true, false) => 1,
        (false, true) => -1,
        _ => string.CompareOrdinal(one, two),
    };

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(place => place.Value).Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex("^(zero|one|two|few|many|other)$")]
    private static partial Regex PluralForm();
}
