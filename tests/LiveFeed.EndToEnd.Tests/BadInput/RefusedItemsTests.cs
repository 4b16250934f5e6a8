using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>An item that breaks a rule is refused by name; nothing is stored and no reader sees anything.</summary>
public sealed class RefusedItemsTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    public static TheoryData<Mode, string> Items { get; } = new(
        from mode in Enum.GetValues<Mode>() from name in EntryBodies.Bad.Keys select (mode, name));

    [Theory, MemberData(nameof(Items))]
    public async Task A_bad_item_is_refused_by_the_rule_that_it_breaks(Mode mode, string item)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (json, refusal) = EntryBodies.Bad[item];

        await refusal.OfAsync(newsroom, Post(newsroom, json));
    }

    [Theory, BothModes]
    public async Task A_correction_without_a_note_and_an_edit_of_nothing_are_refused(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("The bridge is closed");

        await Invalid("note", "A correction says in its note").OfAsync(newsroom, newsroom.Post($"/{entry.Id}/correction", new { headline = "x" }, entry.Revision));
        await Invalid("note", "at most 2000").OfAsync(newsroom, newsroom.Post($"/{entry.Id}/retraction", new { note = new string('x', 2001) }, entry.Revision));
        await Invalid("headline", "not a field").OfAsync(newsroom, newsroom.Post($"/{entry.Id}/retraction", new { headline = "x" }, entry.Revision));
        await Invalid("fields", "at least one field").OfAsync(newsroom, newsroom.Patch(entry, new { }));
        await Invalid("fields", "at least one field").OfAsync(newsroom, newsroom.Patch(entry, new { minor = true }));
        await Invalid("key event", "'key event' is not a field").OfAsync(newsroom, Patch(newsroom, entry, "{\"key event\":true}"));
        await Invalid("headline", "given and emptied at once").OfAsync(newsroom, Patch(newsroom, entry, "{\"headline\":\"x\",\"clear\":[\"headline\"]}"));
        await Invalid("tags", "given and emptied at once").OfAsync(
            newsroom, newsroom.Post($"/{entry.Id}/correction", new { note = "x", tags = new[] { "a" }, clear = new[] { "byline", "tags" } }, entry.Revision));
        await Invalid("minor", "true or false").OfAsync(newsroom, Patch(newsroom, entry, """{"headline":"x","minor":null}"""));
        await Invalid("pinned", "'pinned' can't be emptied").OfAsync(newsroom, Patch(newsroom, entry, """{"pinned":null}"""));
        await Invalid("publishedAt", "not a field").OfAsync(newsroom, Patch(newsroom, entry, """{"publishedAt":"2026-01-01T00:00:00Z"}"""));
        await Invalid("headline", "needs a headline, a body or an image").OfAsync(newsroom, Patch(newsroom, entry, """{"headline":null}"""));
    }

    [Theory, BothModes]
    public async Task A_null_empties_a_field_and_what_is_absent_stays(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync(new { headline = "Storm", body = "It nears.", byline = "Ann", tags = new[] { "storm" }, link = "https://example.org/" });

        using var response = await newsroom.Desk.SendAsync(Patch(newsroom, entry, """{"byline":null,"tags":null,"body":"It is here."}"""));
        var edited = await Newsroom.ReadAsync<Entry>(response);

        Assert.Null(edited.Byline);
        Assert.Null(edited.Tags);
        Assert.Equal(("Storm", "https://example.org/"), (edited.Headline, edited.Link));
        Assert.Contains("It is here.", edited.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data", 415)]
    [InlineData(null, 415)]
    public async Task What_is_not_sent_as_JSON_is_refused(string? contentType, int status)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var request = Post(newsroom, """{"headline":"x"}""");
        request.Content!.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);

        await new Refusal(status, "not-json", "Content-Type: application/json").OfAsync(newsroom, request);
    }

    [Theory, BothModes]
    public async Task JSON_is_taken_however_it_is_announced(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        foreach (var (contentType, mark) in new[]
        {
            ("application/json; charset=UTF-8", ""), ("application/json; charset=\"utf-8\"", ""), ("application/vnd.newsroom+json", ""), ("application/json", "\uFEFF"),
        })
        {
            var request = Post(newsroom, "{}");
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{{mark}}{"headline":"Café"}"""));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

            using var response = await newsroom.Desk.SendAsync(request);

            Assert.Equal("Café", (await Newsroom.ReadAsync<Entry>(response)).Headline);
        }
    }

    [Theory]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task JSON_is_UTF_8(string contentType)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var request = Post(newsroom, """{"headline":"x"}""");
        var encoding = Encoding.GetEncoding(MediaTypeHeaderValue.Parse(contentType).CharSet!);
        request.Content = new ByteArrayContent(encoding.GetBytes("""{"headline":"caf\u00e9 é"}"""));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        await new Refusal(415, "not-json", "UTF-8").OfAsync(newsroom, request);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var request = Post(newsroom, "");
        request.Content = new ByteArrayContent([.. "{\"headline\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        await Invalid("headline", "bytes that are no UTF-8").OfAsync(newsroom, request);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_over_the_limit_is_refused_with_and_without_its_length_told(bool chunked)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var request = Post(newsroom, $$"""{"headline":"x","body":"{{new string('x', 600 * 1024)}}"}""");
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;

        await new Refusal(413, "too-large", "at most 524288 bytes").OfAsync(newsroom, request);
    }

    // A server within the test process shares what the tests have used before it.
    [Fact]
    public async Task The_very_first_item_of_a_server_is_read_like_every_other()
    {
        await using var server = await LiveFeedProcess.StartAsync(new Dictionary<string, string> { ["LiveFeed:AdminKey"] = Newsroom.AdminKey });
        using var desk = Newsroom.Client(server.Address, Newsroom.AdminKey);

        using var refused = await desk.PostAsJsonAsync("/api/feeds/demo/entries", new { headlin = "x" });
        using var taken = await desk.PostAsJsonAsync("/api/feeds/demo/entries", new { headline = "x" });

        await Invalid("headlin", "'headlin' is not a field").CheckAsync(refused);
        Assert.Equal(1, (await Newsroom.ReadAsync<Entry>(taken)).Seq);
    }

    [Fact]
    public async Task An_item_at_every_limit_is_taken()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var entry = await newsroom.PublishAsync(new
        {
            headline = new string('x', 300),
            body = new string('x', 64 * 1024),
            byline = new string('x', 200),
            tags = Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), 64)),
            link = $"https://example.org/{new string('x', 1980)}",
            image = new { url = "https://example.org/a.jpg", caption = new string('x', 2000), width = 100_000, height = 1 },
            publishedAt = "1990-01-01T01:30:00.123456+01:30",
        });

        Assert.Equal(new DateTimeOffset(1990, 1, 1, 0, 0, 0, 123, TimeSpan.Zero), entry.PublishedAt);
    }

    private static Refusal Invalid(string field, string says) => new(400, "invalid", says, field);

    private static HttpRequestMessage Post(Newsroom newsroom, string json) =>
        new(HttpMethod.Post, $"/api/feeds/{newsroom.Feed}/entries") { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    private static HttpRequestMessage Patch(Newsroom newsroom, Entry seen, string json)
    {
        var request = newsroom.Patch(seen, new { });
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return request;
    }
}
