using System.Net;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Syndication;

/// <summary>A feed as RSS, Atom, JSON Feed and ninjs: each tells in its own form what readers see.</summary>
public sealed class FormatTests(Servers servers)
{
    private static readonly string[] Formats = ["rss.xml", "atom.xml", "feed.json", "ninjs.json"];
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Tombstones = "http://purl.org/atompub/tombstones/1.0";

    [Theory, BothModes]
    public async Task An_item_stands_in_every_format_with_all_that_it_has(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync();
        var entry = await newsroom.PublishAsync(new
        {
            headline = "Bridge & tunnel <closed>",
            body = "Both *directions*.",
            kind = "breaking",
            byline = "Ann Ågren",
            source = new { name = "Harbour office", url = "https://harbour.example/" },
            image = new { url = "https://pictures.example/bridge.jpg", alt = "The bridge", caption = "Closed since noon", credit = "M. Lind", width = 800, height = 600 },
            tags = new[] { "bridge" },
        });
        await reader.SeesAsync(entry);
        var address = new Uri(newsroom.Tickers[0], $"/{newsroom.Feed}/{entry.Id}");

        foreach (var item in new[] { await RssAsync(newsroom, entry), await AtomAsync(newsroom, entry) })
        {
            Assert.Equal("Bridge & tunnel <closed>", item.Title.Text);
            Assert.Equal(address, item.Links.Single(link => link.RelationshipType is "alternate" or null).Uri);
            Assert.Equal(entry.PublishedAt.ToUnixTimeSeconds(), item.PublishDate.ToUnixTimeSeconds());
            Assert.Equal("bridge", Assert.Single(item.Categories).Name);
            var html = (item.Content as TextSyndicationContent ?? item.Summary).Text;
            Assert.Contains("<p>Both <em>directions</em>.</p>", html, StringComparison.Ordinal);
            Assert.Contains("<figcaption>Closed since noon", html, StringComparison.Ordinal);
        }

        var rss = await OtherProgram.GetAsync(newsroom, "rss.xml");
        Assert.Contains("<dc:creator>Ann Ågren</dc:creator><dc:source>Harbour office</dc:source>", rss, StringComparison.Ordinal);
        Assert.Contains("""<media:content url="https://pictures.example/bridge.jpg" medium="image" width="800" height="600">""", rss, StringComparison.Ordinal);
        Assert.Equal("Ann Ågren", (await AtomAsync(newsroom, entry)).Authors.Single().Name);
        Assert.Equal("Harbour office", (await AtomAsync(newsroom, entry)).Contributors.Single().Name);

        var json = await JsonAsync(newsroom, entry);
        Assert.Equal(
            ("Bridge & tunnel <closed>", $"{address}", "https://pictures.example/bridge.jpg", "Ann Ågren"),
            (Text(json, "title"), Text(json, "url"), Text(json, "image"), json.GetProperty("authors")[0].GetProperty("name").GetString()));
        var ninjs = await NinjsAsync(newsroom, entry);
        Assert.Equal(("usable", "1", 1), (Text(ninjs, "pubStatus"), Text(ninjs, "version"), ninjs.GetProperty("urgency").GetInt32()));
        Assert.Equal("Bridge & tunnel <closed>", Text(ninjs.GetProperty("headlines")[0], "value"));
        Assert.Equal("https://pictures.example/bridge.jpg", Text(ninjs.GetProperty("associations")[0].GetProperty("renditions")[0], "href"));
    }

    [Theory, BothModes]
    public async Task A_correction_comes_with_its_note_and_the_new_text_alone(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync();
        var entry = await newsroom.PublishAsync(new { headline = "Eight hurt", body = "Eight people were hurt." });
        entry = await newsroom.CorrectAsync(entry, new { headline = "Three hurt", body = "Three people were hurt.", note = "It was three, not eight." });
        await reader.SeesAsync(entry);

        foreach (var format in Formats)
        {
            var text = await OtherProgram.GetAsync(newsroom, format);
            Assert.DoesNotContain("eight people", text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("It was three, not eight.", text, StringComparison.Ordinal);
        }

        Assert.Equal(entry.UpdatedAt!.Value.ToUnixTimeSeconds(), (await AtomAsync(newsroom, entry)).LastUpdatedTime.ToUnixTimeSeconds());
        Assert.Equal(Rfc3339.Format(entry.UpdatedAt.Value), Text(await JsonAsync(newsroom, entry), "date_modified"));
        var ninjs = await NinjsAsync(newsroom, entry);
        Assert.Equal(("2", Rfc3339.Format(entry.UpdatedAt.Value)), (Text(ninjs, "version"), Text(ninjs, "versionCreated")));
        // What is written under the item leads on from wherever it is read.
        Assert.Contains($"href=\"{new Uri(newsroom.Tickers[0], $"/{newsroom.Feed}/{entry.Id}/changes")}\"", Text(await JsonAsync(newsroom, entry), "content_html"), StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task A_withdrawal_reaches_every_format_with_its_note_and_without_the_text(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync();
        var entry = await newsroom.PublishAsync(new { headline = "Mayor resigns", body = "She told us so.", byline = "Ann Ågren", tags = new[] { "townhall" } });
        entry = await newsroom.RetractAsync(entry, "This was a draft.");
        await reader.SeesAsync(entry);

        await AssertWithdrawnAsync(newsroom, entry, "Mayor resigns", "She told us so", "Ann Ågren", "townhall");
    }

    [Theory, BothModes]
    public async Task A_withdrawal_reaches_who_reads_the_first_page_alone_however_far_down_the_item_is(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync();
        var entry = await newsroom.PublishAsync(new { headline = "Mayor resigns", body = "She told us so." });
        var corrected = await newsroom.PublishAsync("Eight hurt");
        for (var i = 0; i < 25; i++)
        {
            await newsroom.PublishAsync($"Update {i}");
        }

        Assert.DoesNotContain($"{entry.Id}", await OtherProgram.GetAsync(newsroom, "rss.xml"), StringComparison.Ordinal);
        corrected = await newsroom.CorrectAsync(corrected, new { headline = "Three hurt", note = "It was three." });
        entry = await newsroom.RetractAsync(entry, "This was a draft.");
        await reader.SeesAsync(entry);

        await AssertWithdrawnAsync(newsroom, entry, "Mayor resigns", "She told us so");
        Assert.Equal("Three hurt", (await RssAsync(newsroom, corrected)).Title.Text);
    }

    [Theory, BothModes]
    public async Task The_pages_of_a_feed_hold_every_item_once(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var published = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            published.Add((await newsroom.PublishAsync(new { headline = $"Update {i}", pinned = i == 2 })).Id);
        }

        foreach (var (format, next) in new (string, Func<string, HttpResponseMessage, string?>)[]
        {
            ("rss.xml", (text, _) => LinkIn(text, "next")),
            ("atom.xml", (text, _) => LinkIn(text, "next")),
            ("feed.json", (text, _) => JsonDocument.Parse(text).RootElement.TryGetProperty("next_url", out var url) ? url.GetString() : null),
            ("ninjs.json", (_, answer) => answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null),
        })
        {
            var seen = new List<Guid>();
            for (var address = $"/{newsroom.Feed}/{format}?limit=3"; address is not null;)
            {
                using var answer = await newsroom.Ticker.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
                var text = await answer.Content.ReadAsStringAsync();
                seen.AddRange(published.Where(id => text.Contains($"{id}", StringComparison.Ordinal)));
                address = next(text, answer);
            }

            Assert.Equal((format, published.Count), (format, seen.Count));
            Assert.Equal(published.Order(), seen.Order());
        }

        using var damaged = await newsroom.Ticker.GetAsync(new Uri($"/{newsroom.Feed}/rss.xml?before=yesterday", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, damaged.StatusCode);
    }

    [Theory, BothModes]
    public async Task Hostile_texts_leave_every_format_whole(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode, new { title = "مرفأ ]]> & <b>", language = "ar" });
        var reader = await newsroom.FollowAsync();
        var entry = await newsroom.PublishAsync(new
        {
            headline = "]]><script>alert(1)</script> & \"'&#0; 🛳️ عاجل \u200F",
            body = "<p>]]&gt; &#1;&#xFFFE; <a href=\"https://a.example/?q=' href=&quot;/x&quot;\" title='&gt;'>say href=\"/x\"</a> 👩‍👩‍👧 <![CDATA[no]]></p>",
            bodyFormat = "html",
            image = new { url = "https://pictures.example/a?b=1&c=\"2\"", alt = "src=\"/x\" > <" },
        });
        await reader.SeesAsync(entry);

        foreach (var item in new[] { await RssAsync(newsroom, entry), await AtomAsync(newsroom, entry) })
        {
            Assert.Equal(Contracts.Languages.Names.Clean(entry.Headline), item.Title.Text);
            var html = (item.Content as TextSyndicationContent ?? item.Summary).Text;
            Assert.StartsWith("<div lang=\"ar\" dir=\"rtl\">", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
            // Words that look like an address are words.
            Assert.Contains("say href=\"/x\"</a>", html, StringComparison.Ordinal);
            Assert.Contains("👩‍👩‍👧", html, StringComparison.Ordinal);
        }

        Assert.Equal(entry.Headline, Text(await JsonAsync(newsroom, entry), "title"));
        Assert.Equal("ar", Text(await NinjsAsync(newsroom, entry), "language"));
        Assert.Equal("مرفأ ]]> & <b>", (await LoadAsync(newsroom, "rss.xml")).Title.Text);
    }

    [Theory, BothModes]
    public async Task A_closed_feed_can_still_be_read_and_an_unknown_one_is_told(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await newsroom.PublishAsync("The last word");
        using var closing = new HttpRequestMessage(HttpMethod.Patch, $"/api/feeds/{newsroom.Feed}") { Content = new StringContent("""{"status":"closed"}""", System.Text.Encoding.UTF8, "application/json") };
        using var closed = await newsroom.Desk.SendAsync(closing);
        Assert.Equal(HttpStatusCode.OK, closed.StatusCode);

        foreach (var format in Formats)
        {
            Assert.Contains($"{entry.Id}", await OtherProgram.GetAsync(newsroom, format), StringComparison.Ordinal);
            using var unknown = await newsroom.Ticker.GetAsync(new Uri($"/no-such-feed/{format}", UriKind.Relative));
            Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (unknown.StatusCode, unknown.Content.Headers.ContentType?.MediaType));
            Assert.Contains("/problems/unknown-feed", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task AssertWithdrawnAsync(Newsroom newsroom, Entry entry, params string[] gone)
    {
        foreach (var format in Formats)
        {
            var text = await OtherProgram.GetAsync(newsroom, format);
            Assert.All(gone, words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
            Assert.Contains("This was a draft.", text, StringComparison.Ordinal);
        }

        Assert.StartsWith("This item was withdrawn", (await RssAsync(newsroom, entry)).Title.Text, StringComparison.Ordinal);
        var atom = XDocument.Parse(await OtherProgram.GetAsync(newsroom, "atom.xml"));
        var tombstone = Assert.Single(atom.Root!.Elements(Tombstones + "deleted-entry"));
        var kept = atom.Root.Elements(Atom + "entry").Single(one => one.Element(Atom + "id")!.Value == $"urn:uuid:{entry.Id}");
        Assert.Equal(
            ($"urn:uuid:{entry.Id}", Rfc3339.Format(entry.UpdatedAt!.Value), "This was a draft."),
            (tombstone.Attribute("ref")?.Value, tombstone.Attribute("when")?.Value, tombstone.Element(Tombstones + "comment")?.Value));
        // Later than the tombstone, it would be an entry that came back.
        Assert.Equal(tombstone.Attribute("when")!.Value, kept.Element(Atom + "updated")!.Value);
        var json = await JsonAsync(newsroom, entry);
        Assert.Equal("retracted", Text(json.GetProperty("_livefeed"), "status"));
        Assert.Equal(Rfc3339.Format(entry.UpdatedAt.Value), Text(json, "date_modified"));
        var ninjs = await NinjsAsync(newsroom, entry);
        Assert.Equal(("canceled", $"{entry.Revision}"), (Text(ninjs, "pubStatus"), Text(ninjs, "version")));
        Assert.False(ninjs.TryGetProperty("bodies", out _) || ninjs.TryGetProperty("headlines", out _));
    }

    private static async Task<SyndicationFeed> LoadAsync(Newsroom newsroom, string format)
    {
        using var text = new StringReader(await OtherProgram.GetAsync(newsroom, format));
        using var xml = XmlReader.Create(text);
        return SyndicationFeed.Load(xml);
    }

    private static async Task<SyndicationItem> RssAsync(Newsroom newsroom, Entry entry) => Item(await LoadAsync(newsroom, "rss.xml"), entry);

    private static async Task<SyndicationItem> AtomAsync(Newsroom newsroom, Entry entry) => Item(await LoadAsync(newsroom, "atom.xml"), entry);

    private static SyndicationItem Item(SyndicationFeed feed, Entry entry) => feed.Items.Single(item => item.Id == $"urn:uuid:{entry.Id}");

    private static async Task<JsonElement> JsonAsync(Newsroom newsroom, Entry entry) =>
        JsonDocument.Parse(await OtherProgram.GetAsync(newsroom, "feed.json")).RootElement.GetProperty("items").EnumerateArray()
            .Single(item => Text(item, "id") == $"urn:uuid:{entry.Id}");

    private static async Task<JsonElement> NinjsAsync(Newsroom newsroom, Entry entry) =>
        JsonDocument.Parse(await OtherProgram.GetAsync(newsroom, "ninjs.json")).RootElement.GetProperty("associations").EnumerateArray()
            .Single(item => Text(item, "uri") == $"urn:uuid:{entry.Id}");

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static string? LinkIn(string xml, string rel) =>
        XDocument.Parse(xml).Descendants(Atom + "link").SingleOrDefault(link => link.Attribute("rel")?.Value == rel)?.Attribute("href")?.Value;
}
