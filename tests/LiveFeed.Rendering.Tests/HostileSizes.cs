using System.Diagnostics;
using LiveFeed.Contracts;

namespace LiveFeed.Rendering.Tests;

/// <summary>However wild a body of the allowed size is, it is shown within moments and within bounds.</summary>
public sealed class HostileSizes
{
    private const int Limit = EntryRules.BodyLimit;

    public static TheoryData<string> Markdown => new(Bodies().Keys);

    public static TheoryData<string> Html => new(HtmlBodies().Keys);

    [Theory]
    [MemberData(nameof(Markdown))]
    public void Wild_markdown_is_shown_in_bounded_time_and_size(string name) => AssertBounded(Bodies()[name], BodyFormat.Markdown);

    [Theory]
    [MemberData(nameof(Html))]
    [MemberData(nameof(Markdown))]
    public void Wild_html_is_shown_in_bounded_time_and_size(string name) =>
        AssertBounded(HtmlBodies().GetValueOrDefault(name) ?? Bodies()[name], BodyFormat.Html);

    [Fact]
    public void What_is_too_deep_is_shown_as_plain_paragraphs()
    {
        var body = Shown.Markdown(string.Concat(Enumerable.Repeat("> ", 5000)) + "the end\n\nand after");

        Assert.Equal(["p", "p"], body.Children.Select(child => child.LocalName));
        Assert.EndsWith("the end", body.Children[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("and after", body.Children[1].TextContent);
    }

    [Fact]
    public void Html_that_is_too_deep_loses_its_tags_and_keeps_its_words()
    {
        var body = Shown.Html(string.Concat(Enumerable.Repeat("<blockquote>", 500)) + "A &amp; B<script>x()</script>");

        Assert.Empty(body.QuerySelectorAll("blockquote, script"));
        Assert.Contains("A & B", body.TextContent, StringComparison.Ordinal);
    }

    private static void AssertBounded(string body, BodyFormat format)
    {
        Assert.True(body.Length <= Limit);
        var took = Stopwatch.StartNew();
        var rendered = EntryRenderer.Render(Shown.Feed, Shown.Entry with { Body = body, BodyFormat = format });

        // Far above what it takes (a second at worst), far below what unbounded input would take (minutes).
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.InRange(rendered.Html.Length, 1, 2 * 512 * 1024);
        Shown.AssertHarmless(Shown.Article(Shown.Entry with { Body = body, BodyFormat = format }));
    }

    private static string Fill(string piece) => string.Concat(Enumerable.Repeat(piece, Limit / piece.Length));

    private static Dictionary<string, string> Bodies() => new()
    {
        ["brackets"] = Fill("["),
        ["image brackets"] = Fill("!["),
        ["open links"] = Fill("[a]("),
        ["quotes"] = Fill(">"),
        ["spaced quotes"] = Fill("> "),
        ["stars"] = Fill("*"),
        ["open emphasis"] = Fill("*a "),
        ["mixed emphasis"] = Fill("*a_b "),
        ["double and single"] = Fill("**a *b "),
        ["strikes"] = Fill("~~a"),
        ["backticks"] = string.Concat(Enumerable.Range(1, 350).Select(n => new string('`', n) + "a")),
        ["pipes"] = Fill("|"),
        ["rows"] = "|a|b|\n|-|-|\n" + Fill("|a|b|\n")[..(Limit - 20)],
        ["wide head and many rows"] = new string('|', 5000) + "\n" + string.Concat(Enumerable.Repeat("|-", 5000)) + "\n" + Fill("|\n")[..40_000],
        ["emphasis in rows"] = Fill("a|*b* "),
        ["lists in lists"] = Fill("1. "),
        ["ever deeper lists"] = string.Concat(Enumerable.Range(0, 350).Select(n => new string(' ', n) + "- a\n")),
        ["headings"] = Fill("# a\n"),
        ["definitions"] = Fill("[a]: b\n"),
        ["all at once"] = Fill("*_[`|<~~"),
        ["ampersands"] = Fill("&"),
        ["tags"] = Fill("<a "),
        ["nulls"] = Fill("\0"),
        ["line breaks"] = Fill("a\n"),
        ["addresses"] = Fill("http://a.b "),
    };

    private static Dictionary<string, string> HtmlBodies() => new()
    {
        ["deep blocks"] = Fill("<div>"),
        ["deep formatting"] = Fill("<b>"),
        ["formatting copied into paragraphs"] = string.Concat(Enumerable.Range(0, 3500).Select(n => $"<b a={n}>"))[..30_000] + Fill("<p>x")[..30_000],
        ["formatting that differs"] = string.Concat(Enumerable.Range(0, 3000).Select(n => $"<a dir={n}><i lang={n}>"))[..40_000] + Fill("<p>x")[..20_000],
        ["one long title copied"] = "<a href=https://a.b title=" + new string('x', 30_000) + ">" + Fill("<p>x")[..30_000],
        ["many attributes"] = "<b " + string.Concat(Enumerable.Range(0, 6000).Select(n => $"a{n} ")) + ">" + Fill("<p>x")[..20_000],
        ["tables in tables"] = Fill("<table><tr><td>"),
        ["misplaced in tables"] = "<table>" + Fill("<b>x<tr>")[..60_000],
        ["nested links"] = Fill("<a href=https://a.b>"),
        ["paragraphs"] = Fill("<p>"),
        ["images"] = Fill("<img src=//a.b>"),
        ["svg"] = Fill("<svg>"),
        ["math"] = Fill("<math><mtext>"),
        ["comments"] = Fill("<!--"),
        ["entities"] = Fill("&#x2b;"),
        ["templates"] = Fill("<template>"),
        ["selects"] = Fill("<select><option>"),
        ["closing tags"] = "<p><b><i>" + Fill("</p>")[..60_000],
        ["line breaks in pre"] = "<pre>" + Fill("\n")[..60_000] + "x</pre>",
    };
}
