using System.Net;
using System.Text.RegularExpressions;
using LiveFeed.Contracts;

namespace LiveFeed.Rendering;

/// <summary>A body as safe HTML, and its words without the markup.</summary>
internal sealed record SafeBody(string Html, string Text);

/// <summary>Turns what was written into HTML that is safe anywhere. What is too wild to be marked up is shown as plain paragraphs.</summary>
internal static partial class EntryBody
{
    /// <param name="body">What was written.</param>
    /// <param name="format">As what.</param>
    /// <param name="table">What a table is called in the feed's language.</param>
    public static SafeBody Render(string? body, BodyFormat? format, string table)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return new("", "");
        }

        var isHtml = format is BodyFormat.Html;
        var html = isHtml ? body : MarkdownText.ToHtml(body);
        var safe = html is null ? null : SafeHtml.Of(html);
        return safe is null ? Plain(isHtml ? WithoutTags(body) : body) : safe with { Html = TableFrame.Around(safe.Html, table) };
    }

    private static SafeBody Plain(string text) => new(PlainText.Paragraphs(text), PlainText.Clean(text));

    private static string WithoutTags(string html) => WebUtility.HtmlDecode(Tags().Replace(html, "\n"));

    [GeneratedRegex("<(script|style)[^>]*>[^<]*|<[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}
