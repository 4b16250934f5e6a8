using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LiveFeed.Contracts;

namespace LiveFeed.Rendering.Tests;

/// <summary>Renders entries and reads them as a browser does.</summary>
internal static class Shown
{
    public static readonly Feed Feed = new()
    {
        Slug = "mars",
        Title = "Mars",
        Language = "en",
        Direction = TextDirection.Ltr,
        TimeZone = "Europe/Kyiv",
        Status = FeedStatus.Open,
        CreatedAt = Time("2026-11-24T00:00:00Z"),
    };

    public static readonly Entry Entry = new()
    {
        Id = Guid.Parse("0192f0a0-0000-7000-8000-00000000000a"),
        Feed = "mars",
        Seq = 7,
        Revision = 1,
        Kind = EntryKind.Update,
        Status = EntryStatus.Live,
        PublishedAt = Time("2026-11-24T12:03:07.25Z"),
    };

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The article, as it stands in a page whose parser runs scripts.</summary>
    public static IElement Article(Entry entry, Feed? feed = null)
    {
        var html = EntryRenderer.Render(feed ?? Feed, entry).Html;
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument($"<!doctype html><main>{html}</main>");
        var main = document.QuerySelector("main")!;
        Assert.Same(main, document.Body!.LastElementChild);
        return Assert.Single(main.Children);
    }

    public static IElement Body(string body, BodyFormat format) =>
        Article(Entry with { Body = body, BodyFormat = format }).QuerySelector(".entry-body")!;

    public static IElement Markdown(string body) => Body(body, BodyFormat.Markdown);

    public static IElement Html(string body) => Body(body, BodyFormat.Html);

    /// <summary>Looks at everything in the article, whatever it came from, for what may not be there.</summary>
    public static void AssertHarmless(IElement article)
    {
        foreach (var element in article.QuerySelectorAll("*").Prepend(article))
        {
            Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
            Assert.Contains(element.LocalName, AllowedElements);
            foreach (var attribute in element.Attributes)
            {
                Assert.True(AllowedAttributes.Contains(attribute.Name) || (FrameAttributes.Contains(attribute.Name) && element.ClassName == "entry-table"), attribute.Name);
                Assert.False(attribute.Name == "id" && element != article, "Only the article has an id.");
                Assert.False(attribute.Name == "class" && attribute.Value.Split(' ').Any(name => !IsOurs(name)), $"Foreign class {attribute.Value}.");
                if (attribute.Name is "href" or "src")
                {
                    var permalink = element.ClassList.Contains("entry-permalink") || element.ClassList.Contains("entry-changes") || element.Closest(".entry-tags") is not null;
                    var allowed = attribute.Name is "src" ? new[] { "http", "https" } : ["http", "https", "mailto"];
                    Assert.True(permalink || (Uri.TryCreate(attribute.Value, UriKind.Absolute, out var uri) && allowed.Contains(uri.Scheme)), attribute.Value);
                }
            }
        }

        Assert.DoesNotContain(article.TextContent, c => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
    }

    private static bool IsOurs(string name) => name == "entry" || name.StartsWith("entry-", StringComparison.Ordinal);

    private static readonly HashSet<string> AllowedElements =
    [
        "article", "header", "footer", "span", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "img", "a", "p", "div", "time", "strong", "em",
        "b", "i", "u", "s", "del", "ins", "sub", "sup", "small", "mark", "abbr", "cite", "q", "code", "pre", "kbd", "samp", "var", "bdi", "br", "hr",
        "wbr", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "ruby", "rt", "rp",
    ];

    private static readonly HashSet<string> FrameAttributes = ["role", "tabindex", "aria-label"];

    private static readonly HashSet<string> AllowedAttributes =
    [
        "class", "id", "lang", "dir", "href", "rel", "src", "alt", "width", "height", "loading", "datetime", "title", "start", "reversed", "colspan",
        "rowspan", "align", "scope",
    ];
}
