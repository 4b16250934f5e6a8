using System.Text.Encodings.Web;
using LiveFeed.Contracts;
using LiveFeed.Ticker.OEmbed;
using LiveFeed.Ticker.Syndication;

namespace LiveFeed.Ticker.Pages;

/// <summary>Tells programs on a feed's page where the feed is for them: its formats, and what to show for its address (oEmbed).</summary>
internal static class Alternates
{
    private static readonly (string Type, string Name, string Title)[] Formats =
    [
        (RssFormat.Type, RssFormat.Name, "RSS"), (AtomFormat.Type, AtomFormat.Name, "Atom"),
        (JsonFeedFormat.Type, JsonFeedFormat.Name, "JSON Feed"), (NinjsFormat.Type, NinjsFormat.Name, "ninjs"),
    ];

    /// <summary>
    /// The links, as they stand in a page's head. Razor would write the plus signs of their types as character references, which
    /// not every program that looks for such links understands.
    /// </summary>
    /// <param name="host">The server's address.</param>
    /// <param name="feed">The feed.</param>
    /// <param name="current">The entry that the page is about; null on the feed's own.</param>
    public static string Of(string host, Feed feed, Entry? current)
    {
        var home = $"{host}/{feed.Slug}";
        var shown = $"{host}{OEmbedApi.Path}?url={Uri.EscapeDataString(current is null ? home : $"{home}/{current.Id:D}")}";
        (string Type, string Address, string Title)[] links =
        [
            .. Formats.Select(format => (format.Type, $"{home}/{format.Name}", format.Title)),
            ("application/json+oembed", $"{shown}&format=json", "oEmbed"), ("text/xml+oembed", $"{shown}&format=xml", "oEmbed"),
        ];
        return string.Concat(links.Select(link =>
            $"<link rel=\"alternate\" type=\"{link.Type}\" href=\"{HtmlEncoder.Default.Encode(link.Address)}\" title=\"{link.Title}\">"));
    }
}
