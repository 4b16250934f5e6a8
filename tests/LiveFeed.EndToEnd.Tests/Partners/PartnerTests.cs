using System.Net;
using System.Net.Http.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveFeed.EndToEnd.Tests.Partners;

/// <summary>A feed that is for partners is shown on their sites and the publisher's own, and nowhere else, whichever way it is asked for.</summary>
public sealed class PartnerTests(Servers servers)
{
    private const string Courier = "https://www.courier.example";
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(10);

    [Theory, BothModes]
    public async Task Partners_read_it_and_nobody_who_looks_like_them(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode, new { embedding = "partners" });
        await newsroom.PublishAsync("For partners");
        var courier = await AddAsync(newsroom, new { name = "The Courier", origins = new[] { Courier + "/", "https://m.courier.example" } });
        var gazette = await AddAsync(newsroom, new { name = "The Gazette", origins = new[] { "https://gazette.example:8443" }, sandboxed = true, programs = true });
        var elsewhere = await AddAsync(newsroom, new { name = "The Herald", origins = new[] { "https://herald.example" }, feeds = new[] { await OtherFeedAsync(newsroom) } });
        var node = newsroom.Tickers[^1];
        var own = node.GetLeftPart(UriPartial.Authority);
        await Eventually.TrueAsync("the ticker knows the list", async _ => (await new SiteVisit(null, gazette.Key).OpenWaysAsync(node, newsroom.Feed)).Count > 0);

        foreach (var visit in new SiteVisit[]
        {
            new(Courier), new(Courier, courier.Key), new("https://m.courier.example", courier.Key), new("https://gazette.example:8443"),
            new("null", gazette.Key), new(null, gazette.Key), new(own), new(own, courier.Key),
        })
        {
            Assert.True((await visit.OpenWaysAsync(node, newsroom.Feed)).Count == 6, $"{visit} may read: {string.Join(", ", await visit.OpenWaysAsync(node, newsroom.Feed))}");
        }

        foreach (var visit in new SiteVisit[]
        {
            new("https://evil.example"), new("https://www.courier.example.evil.example"), new("https://www-courier.example"), new("https://courier.example"),
            new("http://www.courier.example"), new("https://www.courier.example:444"), new("https://www.courier.example."), new("https://gazette.example"),
            new("https://WWW.COURIER.EXAMPLE"), new("null"), new("null", courier.Key), new(null), new(null, courier.Key), new(Courier, gazette.Key), new(Courier, "nobodys"),
            new("https://evil.example", courier.Key), new("https://herald.example"), new("https://herald.example", elsewhere.Key), new(own, "nobodys"), new(own, elsewhere.Key),
        })
        {
            var open = await visit.OpenWaysAsync(node, newsroom.Feed);
            Assert.True(open.Count == 0, $"{visit} may not read: {string.Join(", ", open)}");
        }
    }

    [Theory, BothModes]
    public async Task Who_is_taken_off_the_list_is_cut_within_seconds_and_others_read_on(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode, new { embedding = "partners" });
        var courier = await AddAsync(newsroom, new { name = "The Courier", origins = new[] { Courier } });
        await AddAsync(newsroom, new { name = "The Gazette", origins = new[] { "https://gazette.example" } });
        var node = newsroom.Tickers[^1];
        await using var cut = await CutAsync(node, newsroom.Feed, Courier);
        await using var kept = await CutAsync(node, newsroom.Feed, "https://gazette.example");

        using var removed = await newsroom.Desk.DeleteAsync(new Uri($"/api/partners/{courier.Key}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await cut.EndsAsync();

        Assert.Empty(await new SiteVisit(Courier).OpenWaysAsync(node, newsroom.Feed));
        Assert.Empty(await new SiteVisit(Courier, courier.Key).OpenWaysAsync(node, newsroom.Feed));
        var news = await newsroom.PublishAsync("After that");
        await kept.SeesAsync(news);
        Assert.DoesNotContain(news.Id, cut.Seen);
    }

    [Theory, BothModes]
    public async Task A_feed_that_is_narrowed_to_partners_is_cut_off_everywhere_else(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await AddAsync(newsroom, new { name = "The Courier", origins = new[] { Courier } });
        var node = newsroom.Tickers[^1];
        Assert.Equal(2, (await new SiteVisit("https://anybody.example").OpenHubWaysAsync(node, newsroom.Feed)).Count);
        await using var cut = await CutAsync(node, newsroom.Feed, "https://anybody.example");
        await using var kept = await CutAsync(node, newsroom.Feed, Courier);

        using var narrowed = await newsroom.Desk.PatchAsJsonAsync($"/api/feeds/{newsroom.Feed}", new { embedding = "partners" });
        Assert.Equal(FeedEmbedding.Partners, (await Newsroom.ReadAsync<Feed>(narrowed)).Embedding);
        await cut.EndsAsync();
        await kept.SeesAsync(await newsroom.PublishAsync("For partners alone"));

        using var widened = await newsroom.Desk.PatchAsJsonAsync($"/api/feeds/{newsroom.Feed}", new { embedding = "anywhere" });
        await Eventually.TrueAsync("everybody may read it again", async _ => (await new SiteVisit("https://anybody.example").OpenHubWaysAsync(node, newsroom.Feed)).Count == 2);
    }

    [Theory, BothModes]
    public async Task A_frame_may_stand_on_the_partners_pages_alone(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode, new { embedding = "partners" });
        var courier = await AddAsync(newsroom, new { name = "The Courier", origins = new[] { Courier, "https://m.courier.example" } });
        var node = newsroom.Tickers[^1];
        await Eventually.TrueAsync("the ticker knows the list", async _ => await AncestorsAsync(courier.Key) != "frame-ancestors 'self'");

        Assert.Equal($"frame-ancestors 'self' {Courier} https://m.courier.example", await AncestorsAsync(courier.Key));
        Assert.Equal("frame-ancestors 'self'", await AncestorsAsync(null));
        Assert.Equal("frame-ancestors 'self'", await AncestorsAsync("nobodys"));
        Assert.Equal("frame-ancestors 'self'", await AncestorsAsync("https://evil.example;"));
        using var embedded = await new SiteVisit(null).GetAsync(node, $"/oembed?url={Uri.EscapeDataString($"{node}{newsroom.Feed}")}");
        await new Refusal(401, "not-for-this-site", "partners' sites").CheckAsync(embedded);

        using var removed = await newsroom.Desk.DeleteAsync(new Uri($"/api/partners/{courier.Key}", UriKind.Relative));
        await Eventually.TrueAsync("the partner's pages are off the list", async _ => await AncestorsAsync(courier.Key) == "frame-ancestors 'self'", Seconds);

        async Task<string> AncestorsAsync(string? key)
        {
            using var frame = await new SiteVisit(null, key is null ? null : Uri.EscapeDataString(key)).GetAsync(node, $"/embed/{newsroom.Feed}");
            return Assert.Single(frame.Headers.GetValues("Content-Security-Policy")).Split("; ").Single(part => part.StartsWith("frame-ancestors", StringComparison.Ordinal));
        }
    }

    private static async Task<Partner> AddAsync(Newsroom newsroom, object partner) =>
        await Newsroom.ReadAsync<Partner>(await newsroom.Desk.PostAsJsonAsync("/api/partners", partner));

    private static async Task<string> OtherFeedAsync(Newsroom newsroom)
    {
        var slug = $"{newsroom.Feed}-2";
        using var made = await newsroom.Desk.PostAsJsonAsync("/api/feeds", new { slug });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return slug;
    }

    private static async Task<Readership> CutAsync(Uri node, string feed, string origin)
    {
        Readership? readership = null;
        // The list may be on its way to the ticker still.
        await Eventually.TrueAsync($"readers on {origin} are let in", async _ => (readership = await Readership.OpenAsync(node, feed, new SiteVisit(origin))) is not null);
        return readership!;
    }

    /// <summary>Readers of one site, one on each way that lasts.</summary>
    private sealed class Readership : IAsyncDisposable
    {
        private readonly List<HubConnection> lines = [];
        private readonly HttpResponseMessage stream;
        private readonly Task<string> streamed;
        private readonly System.Collections.Concurrent.ConcurrentBag<Guid> seen = [];

        private Readership(IEnumerable<HubConnection> lines, HttpResponseMessage stream)
        {
            this.lines.AddRange(lines);
            this.stream = stream;
            this.lines.ForEach(line => line.On<Entry, long>("Updated", (entry, _) => seen.Add(entry.Id)));
            streamed = stream.Content.ReadAsStringAsync();
        }

        public IEnumerable<Guid> Seen => seen;

        public static async Task<Readership?> OpenAsync(Uri node, string feed, SiteVisit visit)
        {
            var (plain, _) = await visit.FollowAsync(node, feed, Door.Plain);
            var (negotiated, _) = await visit.FollowAsync(node, feed, Door.Negotiated);
            var stream = await visit.GetAsync(node, $"/api/feeds/{feed}/stream");
            if (plain is not null && negotiated is not null && stream.StatusCode is HttpStatusCode.OK)
            {
                return new Readership([plain, negotiated], stream);
            }

            stream.Dispose();
            await (plain?.DisposeAsync() ?? default);
            await (negotiated?.DisposeAsync() ?? default);
            return null;
        }

        public Task SeesAsync(Entry entry) => Eventually.TrueAsync("both see it", () => seen.Count(id => id == entry.Id) == lines.Count);

        /// <summary>Waits until all of them have been cut.</summary>
        public async Task EndsAsync()
        {
            await Eventually.TrueAsync("the hub has cut them", () => lines.All(line => line.State is HubConnectionState.Disconnected), Seconds);
            await streamed.WaitAsync(Seconds);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var line in lines)
            {
                await line.DisposeAsync();
            }

            stream.Dispose();
        }
    }
}
