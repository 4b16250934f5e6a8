using AngleSharp.Dom;
using Ganss.Xss;

namespace LiveFeed.Rendering;

/// <summary>
/// Cleans HTML to an allow-list. Three walls: only listed attributes leave the tokenizer, HtmlSanitizer takes away every
/// element, attribute and scheme that isn't listed, and what comes out must read the same when it is read again: markup that
/// changes its meaning between two parsers (mutation XSS) never settles, and is refused.
/// </summary>
internal static class SafeHtml
{
    private const int Rounds = 4;

    private static readonly HashSet<string> Elements = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure",
        "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
        "small", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
    };

    private static readonly HtmlSanitizer Sanitizer = Configure();

    /// <summary>The safe HTML, or null when the markup is too deep, too large, or never settles.</summary>
    public static SafeBody? Of(string html)
    {
        try
        {
            var before = Clean(html);
            for (var round = 0; round < Rounds; round++)
            {
                var after = Clean(before.Html);
                if (after.Html == before.Html)
                {
                    return after;
                }

                before = after;
            }
        }
        catch (HtmlBudgetExceededException)
        {
            // Told to the caller by null: the text is shown, its markup isn't.
        }

        return null;
    }

    private static SafeBody Clean(string html)
    {
        var document = HtmlBudget.Parse(html);
        var body = document.Body!;
        Tidy.BeforeCleaning(body);
        Sanitizer.SanitizeDom(document, body);
        Tidy.AfterCleaning(body);
        var text = string.Join(' ', body.Descendants<IText>().Select(node => node.Data));
        return new(HtmlBudget.Write(body).Trim(), text);
    }

    private static HtmlSanitizer Configure()
    {
        var options = new HtmlSanitizerOptions
        {
            AllowedTags = Elements,
            AllowedAttributes = HtmlBudget.Attributes,
            AllowedSchemes = new HashSet<string> { "http", "https", "mailto" },
            UriAttributes = new HashSet<string> { "href", "src" },
        };
        // Unknown wrappers go, their text stays; what must not leave its text behind has gone before (Tidy).
        return new HtmlSanitizer(options) { KeepChildNodes = true };
    }
}
