using System.Net;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Api;

/// <summary>Addresses, methods and queries that there aren't, and what is asked of every address.</summary>
public sealed class AddressTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task An_unknown_address_is_told(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var refusal = new Refusal(404, "not-found", "/openapi/v1.json");

        foreach (var path in new[] { "/api", "/api/", "/api/nonsense", $"/api/feeds/{newsroom.Feed}/nonsense", $"/api/feeds/{newsroom.Feed}/entries/a/b/c" })
        {
            using var read = await newsroom.Ticker.GetAsync(new Uri(path, UriKind.Relative));
            await refusal.CheckAsync(read);
        }
    }

    [Theory]
    [InlineData("DELETE", "/api/feeds/FEED/entries/ID", "GET, HEAD, PATCH")]
    [InlineData("PUT", "/api/feeds/FEED/entries/ID", "GET, HEAD, PATCH")]
    [InlineData("PUT", "/api/feeds/FEED", "GET, HEAD, PATCH")]
    [InlineData("DELETE", "/api/feeds", "GET, HEAD, POST")]
    [InlineData("PATCH", "/api/feeds/FEED/entries", "GET, HEAD, POST")]
    [InlineData("POST", "/api/feeds/FEED/stream", "GET, HEAD")]
    [InlineData("POST", "/api/feeds/FEED/entries/ID/revisions", "GET, HEAD")]
    public async Task A_method_that_is_not_allowed_is_told(string method, string path, string allowed)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var entry = await newsroom.PublishAsync("Not to be deleted");
        using var request = new HttpRequestMessage(new HttpMethod(method), Fill(path, newsroom, entry.Id));

        using var response = await newsroom.Desk.SendAsync(request);

        await new Refusal(405, "method-not-allowed", $"takes {allowed}").CheckAsync(response);
        Assert.Equal((1, "Not to be deleted"), (await newsroom.ListAsync()).Entries.Where(one => one.Id == entry.Id).Select(one => (one.Revision, one.Headline)).Single());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/FEED")]
    [InlineData("/FEED/ID")]
    [InlineData("/api/feeds")]
    [InlineData("/api/feeds/FEED")]
    [InlineData("/api/feeds/FEED/entries")]
    [InlineData("/api/feeds/FEED/entries?limit=3")]
    [InlineData("/api/feeds/FEED/entries/ID")]
    [InlineData("/api/feeds/FEED/entries/ID/revisions")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task HEAD_answers_as_GET_does_without_the_body(string path)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var entry = await newsroom.PublishAsync("A good item");
        var address = Fill(path, newsroom, entry.Id);
        using var whole = await newsroom.Ticker.GetAsync(new Uri(address, UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Head, address);

        using var head = await newsroom.Ticker.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, whole.StatusCode), (head.StatusCode, whole.StatusCode));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal((whole.Headers.ETag, whole.Headers.CacheControl), (head.Headers.ETag, head.Headers.CacheControl));
        Assert.Equal(whole.Content.Headers.ContentType, head.Content.Headers.ContentType);
    }

    [Theory, BothModes]
    public async Task HEAD_of_a_stream_tells_what_it_is_and_ends(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/api/feeds/{newsroom.Feed}/stream");
        using var nowhere = new HttpRequestMessage(HttpMethod.Head, "/api/feeds/nowhere/stream");

        using var head = await newsroom.Ticker.SendAsync(request);
        using var none = await newsroom.Ticker.SendAsync(nowhere);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (head.StatusCode, none.StatusCode));
        Assert.Equal("text/event-stream", head.Content.Headers.ContentType?.MediaType);
        Assert.True(head.Headers.CacheControl?.NoStore);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("limit=0", "limit", "1 to 100")]
    [InlineData("limit=101", "limit", "1 to 100")]
    [InlineData("limit=ten", "limit", "1 to 100")]
    [InlineData("limit=99999999999", "limit", "1 to 100")]
    [InlineData("limit=5&limit=6", "limit", "1 to 100")]
    [InlineData("limit=", "limit", "1 to 100")]
    [InlineData("before=yesterday", "before", "gave as next")]
    [InlineData("before=", "before", "gave as next")]
    [InlineData("since=7", "since", "epoch:seq")]
    [InlineData("since=a:b", "since", "epoch:seq")]
    [InlineData("since=a:1&tag=x", "since", "stands alone")]
    [InlineData("since=a:1&before=x", "before", "gave as next")]
    [InlineData("tag=", "tag", "1 to 64 characters")]
    [InlineData("tag=a%00", "tag", "plain text")]
    [InlineData("tag=a%0Ab", "tag", "plain text")]
    [InlineData("keyEvents=maybe", "keyEvents", "true or false")]
    [InlineData("keyEvents=1", "keyEvents", "true or false")]
    [InlineData("include=everything", "include", "include is body")]
    public async Task A_query_that_breaks_a_rule_is_told(string query, string field, string says)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);

        using var response = await newsroom.Ticker.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}/entries?{query}", UriKind.Relative));

        await new Refusal(400, "invalid", says, field).CheckAsync(response);
    }

    [Theory]
    [InlineData("/api/feeds/No_Slug", 400, "invalid", "1 to 64 characters of a-z", "feed")]
    [InlineData("/api/feeds/nowhere", 404, "unknown-feed", "no feed named 'nowhere'", null)]
    [InlineData("/api/feeds/nowhere/entries", 404, "unknown-feed", "no feed named 'nowhere'", null)]
    [InlineData("/api/feeds/nowhere/entries?limit=3", 404, "unknown-feed", "no feed named 'nowhere'", null)]
    [InlineData("/api/feeds/nowhere/entries?since=a:1", 404, "unknown-feed", "no feed named 'nowhere'", null)]
    [InlineData("/api/feeds/nowhere/stream", 404, "unknown-feed", "no feed named 'nowhere'", null)]
    [InlineData("/api/feeds/nowhere/entries/0197a9c1-5f0e-7d3c-9a52-3c1d2e4f5a6b", 404, "unknown-feed", "no feed named 'nowhere'", null)]
    [InlineData("/api/feeds/FEED/entries/0197a9c1-5f0e-7d3c-9a52-3c1d2e4f5a6b", 404, "unknown-entry", "has no entry", null)]
    [InlineData("/api/feeds/FEED/entries/0197a9c1-5f0e-7d3c-9a52-3c1d2e4f5a6b/revisions", 404, "unknown-entry", "has no entry", null)]
    [InlineData("/api/feeds/FEED/entries/seven", 400, "invalid", "UUID", "id")]
    [InlineData("/api/feeds/FEED/entries/seven/revisions", 400, "invalid", "UUID", "id")]
    [InlineData("/api/feeds/FEED/stream?position=7", 400, "invalid", "epoch:seq", "position")]
    [InlineData("/api/feeds/FEED/entries?since=otherlog:1", 410, "position-gone", "Read the feed afresh", null)]
    [InlineData("/api/feeds/a%0Ab/entries", 400, "invalid", "1 to 64 characters of a-z", "feed")]
    public async Task What_is_not_there_to_read_is_told(string path, int status, string type, string says, string? field)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);

        using var response = await newsroom.Ticker.GetAsync(new Uri(Fill(path, newsroom, Guid.Empty), UriKind.Relative));

        await new Refusal(status, type, says, field).CheckAsync(response);
    }

    [Fact]
    public async Task What_is_sent_as_JSON_is_never_taken_for_a_page()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        foreach (var path in new[] { "/api/feeds", $"/api/feeds/{newsroom.Feed}/entries", "/api/nonsense", "/openapi/v1.json" })
        {
            using var response = await newsroom.Ticker.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task A_node_is_ready_again_at_the_first_question_once_its_database_is_back()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var data = await TestDirectory.MakeAsync();
        await using var node = await Node.StartAsync(new Dictionary<string, string>(await newsrooms.Servers.MeetingPointAsync(Mode.Distributed))
        {
            ["ConnectionStrings:Archive"] = await postgres.CreateDatabaseAsync(),
            ["LiveFeed:Roles"] = "desk",
            ["LiveFeed:DataDirectory"] = data.Next(),
        });
        using var client = Newsroom.Client(node.Address);
        await Eventually.TrueAsync("the node is ready", async _ => await StatusAsync("ready") == HttpStatusCode.OK);

        // The node holds connections to a server that is no more.
        await postgres.KillAsync();
        await postgres.StartAgainAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("ready"));

        await postgres.StopAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync("ready"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("live"));
        await postgres.StartAgainAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("ready"));

        async Task<HttpStatusCode> StatusAsync(string what)
        {
            using var response = await client.GetAsync(new Uri($"/health/{what}", UriKind.Relative));
            return response.StatusCode;
        }
    }

    private static string Fill(string path, Newsroom newsroom, Guid id) => path
        .Replace("FEED", newsroom.Feed, StringComparison.Ordinal)
        .Replace("ID", id.ToString(), StringComparison.Ordinal);
}
