using System.Net;
using System.Text.RegularExpressions;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Pages;

/// <summary>What an entry says, without its markup, its times and its names. Made from the fan-out's own HTML, whose classes no body can have.</summary>
internal static partial class EntryText
{
    /// <summary>Characters that a description or a search engine's excerpt has.</summary>
    private const int Shortest = 200;

    /// <summary>The body and the caption, a paragraph a line.</summary>
    public static string Of(Entry entry)
    {
        var html = entry.Html ?? "";
        var start = html.IndexOf("</header>", StringComparison.Ordinal);
        var end = End().Match(html) is { Success: true } match ? match.Index : html.Length;
        if (start < 0 || end < start)
        {
            return "";
        }

        var lines = WebUtility.HtmlDecode(Tag().Replace(Block().Replace(html[start..end], "\n"), "")).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', lines);
    }

    /// <summary>The beginning of it in one line.</summary>
    public static string Short(Entry entry)
    {
        var text = Of(entry).Replace('\n', ' ');
        if (text.Length <= Shortest)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', Shortest - 1);
        return $"{text[..(end > Shortest / 2 ? end : Shortest - 1)].TrimEnd('\uD800', ' ')}…";
    }

    [GeneratedRegex("<(p class=\"entry-(link|updated)\"|ul class=\"entry-tags\"|footer class=\"entry-footer\"|div class=\"entry-correction\")|</article>")]
    private static partial Regex End();

    [GeneratedRegex("</?(p|div|h[3-6]|li|ul|ol|dl|dt|dd|blockquote|pre|table|tr|t[dh]|caption|fig[a-z]+|hr|br|header)( [^>]*)?>")]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
