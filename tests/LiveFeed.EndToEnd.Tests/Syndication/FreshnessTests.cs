using System.IO.Compression;
using System.Net;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Syndication;

/// <summary>Programs that ask every minute whether there is anything new.</summary>
public sealed class FreshnessTests(Servers servers)
{
    private static readonly (string Name, string Type)[] Formats =
    [
        ("rss.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml"), ("feed.json", "application/feed+json"), ("ninjs.json", "application/json"),
    ];

    [Theory, BothModes]
    public async Task Who_has_the_newest_is_told_so_and_who_has_not_gets_it(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync();
        var entry = await newsroom.PublishAsync("Crane falls");
        await reader.SeesAsync(entry);
        foreach (var (format, type) in Formats)
        {
            using var whole = await AskAsync(newsroom, format);
            Assert.Equal((HttpStatusCode.OK, $"{type}; charset=utf-8"), (whole.StatusCode, $"{whole.Content.Headers.ContentType}"));
            Assert.Equal(("public, max-age=0, s-maxage=1", "*"), (whole.Headers.GetValues("Cache-Control").Single(), whole.Headers.GetValues("Access-Control-Allow-Origin").Single()));
            Assert.Contains("Accept-Encoding", whole.Headers.Vary);
            var tag = $"{whole.Headers.ETag}";
            using var again = await AskAsync(newsroom, format, ("If-None-Match", tag));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            using var head = await AskAsync(newsroom, format, HttpMethod.Head);
            Assert.Equal((HttpStatusCode.OK, tag, type), (head.StatusCode, $"{head.Headers.ETag}", head.Content.Headers.ContentType?.MediaType));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());

            entry = await newsroom.EditAsync(entry, new { headline = $"Crane topples, {format}" });
            await reader.SeesAsync(entry);
            using var changed = await AskAsync(newsroom, format, ("If-None-Match", tag));
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
            Assert.Contains($"Crane topples, {format}", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory, BothModes]
    public async Task Who_knows_no_tags_is_told_by_the_date(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync();
        var entry = await newsroom.PublishAsync("Crane falls");
        await reader.SeesAsync(entry);
        using var fresh = await AskAsync(newsroom, "rss.xml");
        // Within the same second there may be more. A busy machine may have taken longer than that.
        Assert.True(fresh.Content.Headers.LastModified is not { } early || fresh.Headers.Date - early >= TimeSpan.FromSeconds(3));
        var date = await Eventually.ReadsAsync("the feed has a date", async _ =>
        {
            using var answer = await AskAsync(newsroom, "rss.xml");
            return answer.Content.Headers.LastModified?.ToString("R");
        }, date => date is not null);

        using var same = await AskAsync(newsroom, "rss.xml", ("If-Modified-Since", date!));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        // The tag says more than the date.
        using var both = await AskAsync(newsroom, "rss.xml", ("If-Modified-Since", date!), ("If-None-Match", "\"another\""));
        Assert.Equal(HttpStatusCode.OK, both.StatusCode);

        // Pinning changes no text, and is a change.
        await reader.SeesAsync(await newsroom.EditAsync(entry, new { pinned = true }));
        using var changed = await AskAsync(newsroom, "rss.xml", ("If-Modified-Since", date!));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Theory, BothModes]
    public async Task A_feed_is_compressed_for_who_can_read_that(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync(new { headline = "Crane falls", body = new string('x', 2_000) });
        foreach (var (format, _) in Formats)
        {
            using var answer = await AskAsync(newsroom, format, ("Accept-Encoding", "gzip"));
            Assert.Equal((format, "gzip"), (format, answer.Content.Headers.ContentEncoding.SingleOrDefault()));
            await using var unpacked = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
            using var text = new StreamReader(unpacked);
            Assert.Equal(await OtherProgram.GetAsync(newsroom, format), await text.ReadToEndAsync());
        }
    }

    private static Task<HttpResponseMessage> AskAsync(Newsroom newsroom, string format, params (string Name, string Value)[] headers) =>
        AskAsync(newsroom, format, HttpMethod.Get, headers);

    private static async Task<HttpResponseMessage> AskAsync(Newsroom newsroom, string format, HttpMethod method, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"/{newsroom.Feed}/{format}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await newsroom.Ticker.SendAsync(request);
    }
}
