using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>What the desk's script says in a language.</summary>
internal sealed class DeskWords
{
    private readonly Dictionary<string, JsonElement> sections;

    private DeskWords(string language) =>
        sections = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(typeof(DeskWords).Assembly.GetManifestResourceStream($"desk-words/{language}.json")!)!;

    public static DeskWords In(string language) => new(language);

    /// <summary>A text without forms, by its section and name: <c>outbox.published</c>.</summary>
    public string this[string name] => name.Split('.') is [var section, var text] ? sections[section].GetProperty(text).GetString()! : throw new ArgumentException(name);

    /// <summary>What stands in the desk's texts between their places, where it is of letters.</summary>
    public IEnumerable<string> Pieces() =>
        sections.Values.SelectMany(section => section.EnumerateObject()).SelectMany(text => Forms(text.Value))
            .SelectMany(form => Regex.Split(form, @"\{\w+\}")).Select(piece => piece.Trim(' ', '.', ',', ':', '…', '(', ')', '（', '）', '：')).Where(piece => piece.Any(char.IsLetter)).Distinct();

    private static IEnumerable<string> Forms(JsonElement text) =>
        text.ValueKind is JsonValueKind.String ? [text.GetString()!] : text.EnumerateObject().Select(form => form.Value.GetString()!);
}
