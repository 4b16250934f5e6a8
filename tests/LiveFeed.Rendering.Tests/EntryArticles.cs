using LiveFeed.Contracts;

namespace LiveFeed.Rendering.Tests;

/// <summary>The one HTML of an entry, as page, widget and feeds rely on it.</summary>
public sealed class EntryArticles
{
    private static readonly Entry Full = Shown.Entry with
    {
        Kind = EntryKind.Breaking,
        Headline = "Rover <lands> & waves",
        Body = "It *landed*.",
        Byline = "Olena Kovalenko",
        Source = new("Agency", "https://agency.example/"),
        Image = new() { Url = "https://img.example/a.jpg", Alt = "A rover", Caption = "The rover", Credit = "Photo: N. Asa", Width = 1000, Height = 750 },
        Link = "https://www.agency.example/more?a=1&b=2",
        Pinned = true,
        KeyEvent = true,
        UpdatedAt = Shown.Time("2026-11-24T12:09:00Z"),
        Correction = new("It was the other rover.", Shown.Time("2026-11-24T22:30:00Z")),
    };

    [Fact]
    public void A_full_entry_has_everything_in_its_place()
    {
        var article = Shown.Article(Full);

        Shown.AssertHarmless(article);
        Assert.Equal("article", article.LocalName);
        Assert.Equal("entry entry-breaking entry-pinned entry-key-event", article.ClassName);
        Assert.Equal("entry-0192f0a0-0000-7000-8000-00000000000a", article.Id);
        Assert.Equal("en", article.GetAttribute("lang"));
        Assert.Equal("ltr", article.GetAttribute("dir"));
        Assert.Equal(
            ["HEADER", "FIGURE", "DIV", "P", "FOOTER", "P", "DIV"], article.Children.Select(child => child.TagName));

        var permalink = article.QuerySelector("header > a.entry-permalink")!;
        Assert.Equal("/mars/0192f0a0-0000-7000-8000-00000000000a", permalink.GetAttribute("href"));
        Assert.Equal("2026-11-24T12:03:07.250Z", permalink.QuerySelector("time.entry-published")!.GetAttribute("datetime"));
        Assert.Equal("14:03", permalink.TextContent);
        Assert.Equal("Breaking", article.QuerySelector("header > .entry-kind")!.TextContent);
        Assert.Equal("Pinned", article.QuerySelector("header > .entry-flag.entry-flag-pinned")!.TextContent);
        Assert.Equal("Key event", article.QuerySelector("header > .entry-flag.entry-flag-key-event")!.TextContent);
        Assert.Equal("Rover <lands> & waves", article.QuerySelector("header > h2.entry-headline[dir=auto]")!.TextContent);

        var image = article.QuerySelector("figure.entry-image > img")!;
        Assert.Equal("https://img.example/a.jpg", image.GetAttribute("src"));
        Assert.Equal("A rover", image.GetAttribute("alt"));
        Assert.Equal("1000", image.GetAttribute("width"));
        Assert.Equal("750", image.GetAttribute("height"));
        Assert.Equal("lazy", image.GetAttribute("loading"));
        Assert.Equal("The rover Photo: N. Asa", article.QuerySelector("figcaption")!.TextContent);
        Assert.Equal("Photo: N. Asa", article.QuerySelector("figcaption > .entry-credit")!.TextContent);

        Assert.Equal("<p>It <em>landed</em>.</p>", article.QuerySelector(".entry-body")!.InnerHtml.Trim());
        var link = article.QuerySelector("p.entry-link > a[rel=noopener]")!;
        Assert.Equal("https://www.agency.example/more?a=1&b=2", link.GetAttribute("href"));
        Assert.Equal("Read more: agency.example", link.TextContent);
        Assert.Equal("By Olena Kovalenko", article.QuerySelector("footer > .entry-byline[dir=auto]")!.TextContent);
        Assert.Equal("https://agency.example/", article.QuerySelector("footer > .entry-source > a")!.GetAttribute("href"));
        Assert.Null(article.QuerySelector(".entry-reading"));
        Assert.Equal("Updated: 14:09 What changed", article.QuerySelector("p.entry-updated")!.TextContent);
        Assert.Equal("Correction: It was the other rover. November 25, 00:30", article.QuerySelector(".entry-correction")!.TextContent);
    }

    [Fact]
    public void A_bare_entry_has_nothing_that_it_was_not_given()
    {
        var article = Shown.Article(Shown.Entry with { Headline = "Soon" });

        Assert.Equal("entry entry-update", article.ClassName);
        Assert.Equal(["HEADER"], article.Children.Select(child => child.TagName));
        Assert.Equal(["A", "H2"], article.Children[0].Children.Select(child => child.TagName));
    }

    [Theory]
    [InlineData("uk", "Терміново", "2 хв читання", "ltr")]
    [InlineData("de-AT", "Eilmeldung", "2 Min. Lesezeit", "ltr")]
    [InlineData("ar", "عاجل", "دقيقتان للقراءة", "rtl")]
    [InlineData("ja", "速報", "2分で読めます", "ltr")]
    [InlineData("fr", "Breaking", "2 min read", "ltr")]
    public void Words_and_direction_are_those_of_the_feed(string language, string breaking, string minutes, string direction)
    {
        var feed = Shown.Feed with { Language = language, Direction = TextDirections.Of(language) };
        var article = Shown.Article(Shown.Entry with { Kind = EntryKind.Breaking, Body = string.Concat(Enumerable.Repeat("word ", 460)) }, feed);

        Assert.Equal(language, article.GetAttribute("lang"));
        Assert.Equal(direction, article.GetAttribute("dir"));
        Assert.Equal(breaking, article.QuerySelector(".entry-kind")!.TextContent);
        Assert.Equal(minutes, article.QuerySelector(".entry-reading")!.TextContent);
    }

    [Theory]
    [InlineData("ar-EG", TextDirection.Rtl)]
    [InlineData("he", TextDirection.Rtl)]
    [InlineData("fa", TextDirection.Rtl)]
    [InlineData("ur-PK", TextDirection.Rtl)]
    [InlineData("az-Arab", TextDirection.Rtl)]
    [InlineData("ks-Deva", TextDirection.Ltr)]
    [InlineData("pt-BR", TextDirection.Ltr)]
    [InlineData("uk", TextDirection.Ltr)]
    public void The_direction_is_the_languages_own(string language, TextDirection direction) =>
        Assert.Equal(direction, TextDirections.Of(language));

    [Fact]
    public void A_quote_stands_in_a_blockquote()
    {
        Assert.Equal("We are safe.", Shown.Article(Shown.Entry with { Kind = EntryKind.Quote, Body = "We are safe." }).QuerySelector(".entry-body > blockquote > p")!.TextContent);
        Assert.Single(Shown.Article(Shown.Entry with { Kind = EntryKind.Quote, Body = "> We are safe.\n\nShe said so." }).QuerySelectorAll("blockquote"));
    }

    [Theory]
    [InlineData("word ", 230, 1, null)]
    [InlineData("word ", 1, 1, null)]
    [InlineData("word ", 344, 1, null)]
    [InlineData("word ", 346, 2, "2 min read")]
    [InlineData("слово ", 690, 3, "3 min read")]
    [InlineData("火星", 500, 2, "2 min read")]
    public void Reading_takes_as_long_as_the_script_needs_and_is_told_where_it_is_no_glance(string piece, int times, int minutes, string? told)
    {
        var entry = Shown.Entry with { Body = string.Concat(Enumerable.Repeat(piece, times)) };

        Assert.Equal(minutes, EntryRenderer.Render(Shown.Feed, entry).ReadingMinutes);
        Assert.Equal(told, Shown.Article(entry).QuerySelector("footer > .entry-reading")?.TextContent);
    }

    [Fact]
    public void The_same_entry_gives_the_same_html_from_many_threads()
    {
        var once = EntryRenderer.Render(Shown.Feed, Full);

        Parallel.For(0, 200, _ => Assert.Equal(once, EntryRenderer.Render(Shown.Feed, Full)));
    }

    [Fact]
    public void A_wire_byline_is_not_told_twice() =>
        Assert.Equal("By A. Reporter", Shown.Article(Shown.Entry with { Byline = "By A. Reporter" }).QuerySelector(".entry-byline")!.TextContent);

    [Fact]
    public void A_retracted_entry_has_no_html() =>
        Assert.Throws<ArgumentException>(() => EntryRenderer.Render(Shown.Feed, Full with { Status = EntryStatus.Retracted }));
}
