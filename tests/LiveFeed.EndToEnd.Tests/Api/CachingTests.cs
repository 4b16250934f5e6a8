using System.IO.Compression;
using System.Net;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Api;

/// <summary>Pages and lists on their way to many readers: small, asked for anew at little cost, and never kept for longer than they are true.</summary>
public sealed class CachingTests(Servers servers)
{
    private const string Shared = "public, max-age=0, s-maxage=1";
    private const string Healing = $"{Shared}, stale-while-revalidate=1";

    [Theory, BothModes]
    public async Task Pages_and_lists_are_compressed_as_their_reader_can_read_them(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await ChangedAsync(newsroom);
        var list = $"/api/feeds/{newsroom.Feed}/entries";
        foreach (var path in (string[])[.. Pages(newsroom, entry), "/no-such-feed", "/api/feeds", list, $"{list}?limit=5", $"{list}/{entry.Id}/revisions"])
        {
            var (plain, _) = await ReadAsync(newsroom.Ticker, path, encoding: null);
            foreach (var encoding in new[] { "br", "gzip" })
            {
                var (text, answer) = await ReadAsync(newsroom.Ticker, path, encoding);
                Assert.Equal((path, encoding), (path, Assert.Single(answer.Content.Headers.ContentEncoding)));
                Assert.Equal(plain, text);
            }
        }
    }

    [Theory, BothModes]
    public async Task What_holds_a_secret_or_a_writers_tag_is_not_compressed(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await ChangedAsync(newsroom);
        foreach (var (client, path) in new[] { (newsroom.Desk, "/desk"), (newsroom.Ticker, $"/api/feeds/{newsroom.Feed}/entries/{entry.Id}") })
        {
            var (_, answer) = await ReadAsync(client, path, "gzip", isCompressed: false);
            Assert.Empty(answer.Content.Headers.ContentEncoding);
        }
    }

    [Theory, BothModes]
    public async Task Every_page_has_a_tag_that_changes_with_it_alone(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await ChangedAsync(newsroom);
        var reader = await newsroom.FollowAsync();
        foreach (var path in Pages(newsroom, entry))
        {
            var tag = await TagAsync(path, null, HttpStatusCode.OK);
            Assert.Equal(tag, await TagAsync(path, tag, HttpStatusCode.NotModified));

            entry = await newsroom.EditAsync(entry, new { headline = $"Crane topples, {entry.Revision}" });
            await reader.SeesAsync(entry);
            Assert.NotEqual(tag, await TagAsync(path, tag, HttpStatusCode.OK));
        }

        // A page in another language is another page.
        Assert.NotEqual(await TagAsync("/", null, HttpStatusCode.OK), await TagAsync("/", null, HttpStatusCode.OK, language: "ja"));

        // Who asks with the tag of what is gone is told that it is gone.
        var held = await TagAsync($"/{newsroom.Feed}/{entry.Id}", null, HttpStatusCode.OK);
        await newsroom.RetractAsync(entry);
        await TagAsync($"/{newsroom.Feed}/{entry.Id}", held, HttpStatusCode.Gone);
        await TagAsync($"/{newsroom.Feed}/{entry.Id}/changes", "*", HttpStatusCode.Gone);

        async Task<string?> TagAsync(string path, string? held, HttpStatusCode expected, string language = "en")
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("If-None-Match", held);
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var response = await newsroom.Ticker.SendAsync(request);
            // Only the live page mends itself, so only that may come late.
            Assert.Equal(
                (path, expected, path == $"/{newsroom.Feed}" ? Healing : Shared),
                (path, response.StatusCode, response.Headers.GetValues("Cache-Control").Single()));
            Assert.Contains("Accept-Encoding", response.Headers.Vary);
            return response.Headers.ETag?.ToString();
        }
    }

    [Fact]
    public async Task The_proxy_in_front_gives_everyone_what_they_can_read_and_nobody_what_is_gone()
    {
        Assert.SkipUnless(NginxProxy.IsInstalled, "There is no nginx here.");
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, settings: new Dictionary<string, string> { ["ForwardedHeaders_Enabled"] = "true" });
        var entry = await ChangedAsync(newsroom);
        await using var proxy = await NginxProxy.StartAsync(newsroom.Tickers[0]);
        using var client = Newsroom.Client(proxy.Address);
        var pages = Pages(newsroom, entry);
        foreach (var path in pages)
        {
            var texts = new HashSet<string>();
            // Each of them twice, so that one comes from the cache.
            foreach (var encoding in new[] { "gzip", null, "br", "gzip", null, "br" })
            {
                var (text, answer) = await ReadAsync(client, path, encoding);
                Assert.Equal((path, encoding), (path, answer.Content.Headers.ContentEncoding.SingleOrDefault()));
                texts.Add(text);
            }

            Assert.Contains("Crane topples", Assert.Single(texts), StringComparison.Ordinal);
        }

        await newsroom.RetractAsync(entry);

        foreach (var path in pages)
        {
            await Eventually.TrueAsync($"{path} is free of it", async _ =>
                !(await ReadAsync(client, path, "gzip")).Text.Contains("Crane topples", StringComparison.Ordinal));
        }
    }

    private static string[] Pages(Newsroom newsroom, Entry entry) =>
        [
            "/", $"/{newsroom.Feed}", $"/{newsroom.Feed}?tag=port", $"/{newsroom.Feed}/{entry.Id}", $"/{newsroom.Feed}/{entry.Id}/changes",
            .. new[] { "rss.xml", "atom.xml", "feed.json", "ninjs.json" }.Select(format => $"/{newsroom.Feed}/{format}"),
        ];

    private static async Task<Entry> ChangedAsync(Newsroom newsroom)
    {
        var entry = await newsroom.PublishAsync(new { headline = "Crane falls", tags = new[] { "port" }, keyEvent = true });
        return await newsroom.EditAsync(entry, new { headline = "Crane topples" });
    }

    private static async Task<(string Text, HttpResponseMessage Answer)> ReadAsync(HttpClient client, string path, string? encoding, bool isCompressed = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        var answer = await client.SendAsync(request);
        // Those who read it as it is are told as well: what they got is not for everyone.
        Assert.Equal(isCompressed, answer.Headers.Vary.Contains("Accept-Encoding"));
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream text = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(text);
        return (await reader.ReadToEndAsync(), answer);
    }
}
