namespace LiveFeed.Rendering.Tests;

/// <summary>What writers write keeps its form.</summary>
public sealed class BodyForms
{
    [Theory]
    [InlineData("a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>")]
    [InlineData("# One\n\n## Two\n\n### Three", "<h3>One</h3>\n<h3>Two</h3>\n<h3>Three</h3>")]
    [InlineData("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>")]
    [InlineData("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>")]
    [InlineData("> a", "<blockquote>\n<p>a</p>\n</blockquote>")]
    [InlineData("a\\\nb", "<p>a<br>\nb</p>")]
    [InlineData("---", "<hr>")]
    [InlineData("```sh\na < b\n```", "<pre><code>a &lt; b\n</code></pre>")]
    [InlineData("1 < 2 & <b>x</b>", "<p>1 &lt; 2 &amp; &lt;b&gt;x&lt;/b&gt;</p>")]
    [InlineData("[a](https://b.example \"t\")", "<p><a href=\"https://b.example\" title=\"t\" rel=\"noopener ugc\">a</a></p>")]
    [InlineData("see https://b.example/c.", "<p>see <a href=\"https://b.example/c\" rel=\"noopener ugc\">https://b.example/c</a>.</p>")]
    [InlineData("<a@b.example>", "<p><a href=\"mailto:a@b.example\" rel=\"noopener ugc\">a@b.example</a></p>")]
    [InlineData("![a](https://b.example/c.png)", "<p><img src=\"https://b.example/c.png\" alt=\"a\" loading=\"lazy\"></p>")]
    [InlineData("[a](javascript:b)", "<p>a</p>")]
    public void Markdown(string body, string html) => Assert.Equal(html, Shown.Markdown(body).InnerHtml);

    [Fact]
    public void Every_table_has_a_frame_that_is_called_by_its_caption()
    {
        var body = Shown.Html(
            """
            <blockquote title="<table>"><table><caption>Seats "won" &amp; lost<tr><td><table><tr><td>a</table></table></blockquote>
            <abbr title='<table><img src=x onerror=alert(1)>'>b</abbr><table><tr><td>c</table>
            """);

        Assert.Equal(["Seats \"won\" & lost", "Table"], body.QuerySelectorAll(".entry-table").Select(frame => frame.GetAttribute("aria-label")));
        Assert.All(body.QuerySelectorAll(".entry-table"), frame => Assert.Equal("TABLE", Assert.Single(frame.Children).TagName));
        Assert.Equal(3, body.QuerySelectorAll("table").Length);
        Shown.AssertHarmless(body.Closest("article")!);
    }

    [Fact]
    public void Markdown_tables_keep_their_alignment()
    {
        var table = Shown.Markdown("| a | b |\n|---|--:|\n| 1 | 2 |").QuerySelector("table")!;

        Assert.Equal(["a", "b"], table.QuerySelectorAll("thead th").Select(cell => cell.TextContent));
        Assert.Equal([null, "right"], table.QuerySelectorAll("tbody td").Select(cell => cell.GetAttribute("align")));
    }

    [Theory]
    [InlineData("<p>a</p>", "<p>a</p>")]
    [InlineData("<html><head><title>t</title><style>s</style></head><body><h1>a</h1><p>b</p></body></html>", "<h3>a</h3><p>b</p>")]
    [InlineData("<h2 class=x>a</h2><h4>b</h4>", "<h3>a</h3><h4>b</h4>")]
    [InlineData("<section>a</section><section>b</section>", "<div>a</div><div>b</div>")]
    [InlineData("a<font color=red>b</font><span style='x'>c</span>", "abc")]
    [InlineData("<p>a<script>b</script><iframe src=https://c.example></iframe></p>", "<p>a</p>")]
    [InlineData("<a href=//b.example/c>a</a>", "<a href=\"https://b.example/c\" rel=\"noopener ugc\">a</a>")]
    [InlineData("<a href=/c>a</a><img src=/d.png>", "a")]
    [InlineData("<ruby>火<rt>か</rt></ruby>", "<ruby>火<rt>か</rt></ruby>")]
    [InlineData("<p dir=rtl lang=ar>س</p>", "<p dir=\"rtl\" lang=\"ar\">س</p>")]
    [InlineData("<table><tr><td colspan=2 bgcolor=red>a</table>", "<div class=\"entry-table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table></div>")]
    [InlineData("<pre>\n\n\na</pre>", "<pre>a</pre>")]
    public void Html(string body, string html) => Assert.Equal(html, Shown.Html(body).InnerHtml);

    [Fact]
    public void A_tweet_stays_a_quote_with_its_link()
    {
        var body = Shown.Html("""
            <blockquote class="twitter-tweet" data-dnt="true"><p lang="en" dir="ltr">I love rocks.</p>&mdash; Rover (@rover)
            <a href="https://twitter.com/rover/status/1?ref_src=x%5Etfw">February 19, 2021</a></blockquote>
            <script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>
            """);

        Assert.Equal("I love rocks.", body.QuerySelector("blockquote > p[lang=en]")!.TextContent);
        Assert.Equal("https://twitter.com/rover/status/1?ref_src=x%5Etfw", body.QuerySelector("blockquote > a")!.GetAttribute("href"));
        Assert.Empty(body.QuerySelectorAll("script, [class]"));
    }

    [Fact]
    public void Figures_keep_picture_and_caption()
    {
        var body = Shown.Html("<figure><img src=https://a.example/b.jpg width=640 height=480 alt=c sizes=x><figcaption>d</figcaption></figure>");

        Assert.Equal(
            "<figure><img src=\"https://a.example/b.jpg\" width=\"640\" height=\"480\" alt=\"c\" loading=\"lazy\"><figcaption>d</figcaption></figure>",
            body.InnerHtml);
    }
}
