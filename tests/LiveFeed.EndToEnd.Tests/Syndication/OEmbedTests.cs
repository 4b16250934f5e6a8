using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Syndication;

/// <summary>An address that is pasted into another site becomes the ticker (oEmbed 1.0).</summary>
public sealed class OEmbedTests(Servers servers)
{
    [Theory, BothModes]
    public async Task A_client_of_others_finds_the_frame_from_the_page_of_a_feed_and_of_an_item(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode, new { title = "Harbour \"live\" & <more>" });
        var entry = await newsroom.PublishAsync("Crane topples");

        foreach (var (path, frame, title) in new[]
        {
            ($"/{newsroom.Feed}", $"/embed/{newsroom.Feed}", "Harbour \"live\" & <more>"),
            ($"/{newsroom.Feed}/{entry.Id}", $"/embed/{newsroom.Feed}?entry={entry.Id}", "Crane topples"),
        })
        {
            var found = await OtherProgram.ReadsAsync("oembed", new Uri(newsroom.Tickers[0], path));

            Assert.Equal(("1.0", "rich", title), (Text("version"), Text("type"), Text("title")));
            Assert.Equal(400, found.GetProperty("width").GetInt32());
            Assert.Contains($"<iframe src=\"{new Uri(newsroom.Tickers[0], frame)}\" title=\"{WebUtility.HtmlEncode(title)}\" width=\"400\"", Text("html"), StringComparison.Ordinal);

            string? Text(string name) => found.GetProperty(name).GetString();
        }
    }

    [Theory, BothModes]
    public async Task JSON_and_XML_say_the_same(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode, new { title = "Harbour ]]> & <more> 🛳️" });
        var page = Page(newsroom);
        var (_, json) = await AskAsync(newsroom, $"url={page}&maxwidth=320&maxheight=240");
        var (_, xml) = await AskAsync(newsroom, $"url={page}&maxwidth=320&maxheight=240&format=xml");
        var told = JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(one => one.Name, one => $"{one.Value}");

        Assert.Equal(told.OrderBy(one => one.Key), XDocument.Parse(xml).Root!.Elements().ToDictionary(one => one.Name.LocalName, one => one.Value).OrderBy(one => one.Key));
        Assert.Equal(("320", "240"), (told["width"], told["height"]));
        // No larger than it has reason to be, whatever is allowed.
        Assert.Contains("\"width\":600,\"height\":600", (await AskAsync(newsroom, $"url={page}&maxwidth=5000")).Text, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task What_is_not_of_this_host_or_not_there_is_refused(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await newsroom.PublishAsync("Mayor resigns");
        var gone = await newsroom.PublishAsync("To be withdrawn");
        await newsroom.RetractAsync(gone);
        var (host, port) = (newsroom.Tickers[0].Host, newsroom.Tickers[0].Port);
        foreach (var url in new[]
        {
            $"http://{host}.evil.example:{port}/{newsroom.Feed}", $"http://evil-{host}:{port}/{newsroom.Feed}", $"http://{host}:{port}@evil.example/{newsroom.Feed}",
            $"http://someone@{host}:{port}/{newsroom.Feed}", $"http://evil.example/{newsroom.Feed}", $"http://{host}:{port + 1}/{newsroom.Feed}",
            $"http://{host}/{newsroom.Feed}", $"ftp://{host}:{port}/{newsroom.Feed}", $"javascript:alert(1)//{host}/{newsroom.Feed}", $"//{host}:{port}/{newsroom.Feed}",
            $"/{newsroom.Feed}", newsroom.Feed, $"http://{host}:{port}/", $"http://{host}:{port}/desk", $"http://{host}:{port}/no-such-feed",
            $"http://{host}:{port}/{newsroom.Feed}/{Guid.NewGuid()}", $"http://{host}:{port}/{newsroom.Feed}/{gone.Id}", $"http://{host}:{port}/{newsroom.Feed}/{entry.Id}/changes",
            $"http://{host}:{port}/{newsroom.Feed}/rss.xml", $"http://{host}:{port}//{newsroom.Feed}", "http://[", "\u0000",
        })
        {
            var (status, text) = await AskAsync(newsroom, $"url={Uri.EscapeDataString(url)}");
            Assert.Equal((url, HttpStatusCode.NotFound), (url, status));
            Assert.Contains("/problems/nothing-to-show", text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(newsroom, $"url={Page(newsroom)}%2F%3Futm_source%3Dx%23top")).Status);
        Assert.Equal(HttpStatusCode.NotImplemented, (await AskAsync(newsroom, $"url={Page(newsroom)}&format=yaml")).Status);
        foreach (var query in new[] { "", "url=", $"url={Page(newsroom)}&maxwidth=0", $"url={Page(newsroom)}&maxwidth=-5", $"url={Page(newsroom)}&maxheight=wide" })
        {
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, (await AskAsync(newsroom, query)).Status));
        }
    }

    [Theory, BothModes]
    public async Task A_feeds_page_tells_programs_where_the_feed_is_for_them(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var page = await newsroom.Ticker.GetStringAsync(new Uri($"/{newsroom.Feed}", UriKind.Relative));

        var links = Regex.Matches(page, "<link rel=\"alternate\" type=\"(?<type>[^\"]+)\" href=\"(?<href>[^\"]+)\"").ToDictionary(link => link.Groups["type"].Value, link => WebUtility.HtmlDecode(link.Groups["href"].Value));
        Assert.Equal(
            ["application/atom+xml", "application/feed+json", "application/json", "application/json+oembed", "application/rss+xml", "text/xml+oembed"],
            links.Keys.Order(StringComparer.Ordinal));
        foreach (var (type, href) in links)
        {
            using var answer = await newsroom.Ticker.GetAsync(new Uri(href));
            Assert.Equal((type, HttpStatusCode.OK, type.Replace("+oembed", "", StringComparison.Ordinal)), (type, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
    }

    private static string Page(Newsroom newsroom) => Uri.EscapeDataString(new Uri(newsroom.Tickers[0], $"/{newsroom.Feed}").ToString());

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(Newsroom newsroom, string query)
    {
        using var answer = await newsroom.Ticker.GetAsync(new Uri($"/oembed?{query}", UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
