using System.Text.RegularExpressions;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Syndication;

/// <summary>
/// An entry's text as HTML for other programs: the fan-out's own, without what formats tell in elements of their own (headline, time,
/// tags, names), and with whole addresses. Its classes no body can have, so they say where its parts are.
/// </summary>
internal static partial class EntryHtml
{
    /// <summary>The text of a live entry, of a withdrawn one its note; in the language and direction of its feed.</summary>
    public static string Of(Edition edition, Entry entry)
    {
        var feed = edition.Feed;
        var direction = feed.Direction.ToString().ToLowerInvariant();
        var html = entry.Status is EntryStatus.Retracted
            ? $"<p><bdi>{System.Net.WebUtility.HtmlEncode(edition.NoteOf(entry))}</bdi></p>"
            : Whole($"{Text(entry.Html ?? "")}{Changes(entry.Html ?? "")}", edition.Host);
        return $"<div lang=\"{feed.Language}\" dir=\"{direction}\">{html}</div>";
    }

    private static string Text(string html)
    {
        var start = html.IndexOf("</header>", StringComparison.Ordinal) + "</header>".Length;
        return End().Match(html, start) is { Success: true } end ? html[start..end.Index] : "";
    }

    // When it was changed, and the correction, stand last.
    private static string Changes(string html)
    {
        var changes = Changed().Match(html);
        return changes.Success ? html[changes.Index..^"</article>".Length] : "";
    }

    // Only what stands in a tag is an address: of text, every < is escaped.
    private static string Whole(string html, string host) =>
        Tag().Replace(html, tag => LocalAddress().Replace(tag.Value, address =>
            address.Groups["local"].Success ? $" {address.Groups["name"].Value}=\"{host}{address.Groups["local"].Value}\"" : address.Value));

    [GeneratedRegex("<(ul class=\"entry-tags\"|footer class=\"entry-footer\"|p class=\"entry-updated\"|div class=\"entry-correction\")|</article>")]
    private static partial Regex End();

    [GeneratedRegex("<(p class=\"entry-updated\"|div class=\"entry-correction\")")]
    private static partial Regex Changed();

    [GeneratedRegex("<[a-z](?:[^\"<>]|\"[^\"]*\")*>")]
    private static partial Regex Tag();

    // Every attribute in its turn, or a value that looks like one would be taken for it.
    [GeneratedRegex(" (?<name>[^\\s=\"<>/]+)=\"(?:(?<=(?:href|src|cite)=\")(?<local>/(?!/)[^\"]*)|[^\"]*)\"")]
    private static partial Regex LocalAddress();
}
