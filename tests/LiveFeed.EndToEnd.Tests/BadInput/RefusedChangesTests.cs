using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>What can't be done to a feed or an entry as it stands is refused; nothing is stored and no reader sees anything.</summary>
public sealed class RefusedChangesTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task A_writer_who_has_not_seen_the_newest_revision_is_shown_it(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var seen = await newsroom.PublishAsync(new { headline = "Ferry late", body = "By an hour." });
        var newest = await newsroom.EditAsync(seen, new { headline = "Ferry two hours late" });
        var refusal = new Refusal(412, "conflict", "at revision 2, not 1");

        foreach (var stale in new[]
        {
            newsroom.Patch(seen, new { headline = "Ferry on time" }),
            newsroom.Post($"/{seen.Id}/correction", new { headline = "x", note = "y" }, seen.Revision),
            newsroom.Post($"/{seen.Id}/retraction", new { }, seen.Revision),
        })
        {
            var problem = await refusal.OfAsync(newsroom, stale);
            var shown = problem.GetProperty("entry").Deserialize<Entry>(Wire.Json)!;
            Assert.Equal((newest.Id, newest.Seq, 2, "Ferry two hours late", "By an hour."), (shown.Id, shown.Seq, shown.Revision, shown.Headline, shown.Body));
        }

        await new Refusal(412, "conflict", "at revision 2, not 3").OfAsync(newsroom, newsroom.Post($"/{seen.Id}/correction", new { note = "y" }, 3));
    }

    [Theory, BothModes]
    public async Task A_change_says_which_revision_its_writer_saw(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("Ferry late");
        var needed = new Refusal(428, "revision-needed", "If-Match: \"3\"");

        await needed.OfAsync(newsroom, Request(newsroom, HttpMethod.Patch, $"/{entry.Id}", new { headline = "x" }));
        await needed.OfAsync(newsroom, Request(newsroom, HttpMethod.Post, $"/{entry.Id}/correction", new { note = "x" }));

        using var any = await newsroom.Desk.SendAsync(Request(newsroom, HttpMethod.Patch, $"/{entry.Id}", new { headline = "Ferry later" }, "*"));
        Assert.Equal(2, (await Newsroom.ReadAsync<Entry>(any)).Revision);
        Assert.Equal("\"2\"", any.Headers.ETag?.ToString());
        using var withdrawn = await newsroom.Desk.SendAsync(Request(newsroom, HttpMethod.Post, $"/{entry.Id}/retraction", new { }));
        Assert.Equal(EntryStatus.Retracted, (await Newsroom.ReadAsync<Entry>(withdrawn)).Status);
    }

    [Theory, BothModes]
    public async Task A_retraction_needs_nothing_but_its_address(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("Somebody's home address");
        var address = $"/api/feeds/{newsroom.Feed}/entries/{entry.Id}";

        await new Refusal(415, "not-json", "Content-Type: application/json").OfAsync(
            newsroom, new HttpRequestMessage(HttpMethod.Post, $"{address}/retraction") { Content = new StringContent("note=x") });
        await new Refusal(415, "not-json", "Content-Type: application/json").OfAsync(newsroom, new HttpRequestMessage(HttpMethod.Patch, address));
        await new Refusal(412, "conflict", "at revision 1, not 7").OfAsync(
            newsroom, new HttpRequestMessage(HttpMethod.Post, $"{address}/retraction") { Headers = { IfMatch = { new("\"7\"") } } });
        using var withdrawn = await newsroom.Desk.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{address}/retraction"));

        var tombstone = await Newsroom.ReadAsync<Entry>(withdrawn);
        Assert.Equal((EntryStatus.Retracted, 2, null), (tombstone.Status, tombstone.Revision, tombstone.Correction));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"one\"")]
    [InlineData("\"0\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("W/\"1\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"1")]
    [InlineData("\"")]
    public async Task A_revision_that_is_none_is_refused(string ifMatch)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var entry = await newsroom.PublishAsync("Ferry late");

        await new Refusal(400, "invalid", "in quotes: \"3\"", "If-Match")
            .OfAsync(newsroom, Request(newsroom, HttpMethod.Patch, $"/{entry.Id}", new { headline = "x" }, ifMatch));
    }

    [Theory, BothModes]
    public async Task What_is_not_there_cannot_be_written_to(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var nobody = Guid.CreateVersion7();
        var unknownEntry = new Refusal(404, "unknown-entry", $"'{newsroom.Feed}' has no entry {nobody}");
        var unknownFeed = new Refusal(404, "unknown-feed", "no feed named 'nowhere'");

        await unknownEntry.OfAsync(newsroom, Request(newsroom, HttpMethod.Patch, $"/{nobody}", new { headline = "x" }, "\"1\""));
        await unknownEntry.OfAsync(newsroom, Request(newsroom, HttpMethod.Post, $"/{nobody}/correction", new { note = "x" }, "*"));
        await unknownEntry.OfAsync(newsroom, Request(newsroom, HttpMethod.Post, $"/{nobody}/retraction", new { }));
        await unknownFeed.OfAsync(newsroom, Json(HttpMethod.Post, "/api/feeds/nowhere/entries", new { headline = "x" }));
        await unknownFeed.OfAsync(newsroom, Json(HttpMethod.Post, $"/api/feeds/nowhere/entries/{nobody}/retraction", new { }));
        await unknownFeed.OfAsync(newsroom, Json(HttpMethod.Patch, "/api/feeds/nowhere", new { title = "x" }));
        var noSlug = new Refusal(400, "invalid", "1 to 64 characters of a-z", "feed");
        await noSlug.OfAsync(newsroom, Json(HttpMethod.Post, "/api/feeds/No_Slug/entries", new { headline = "x" }));
        var changed = await noSlug.OfAsync(newsroom, Json(HttpMethod.Patch, "/api/feeds/No_Slug", new { title = "x" }));
        using var read = await newsroom.Ticker.GetAsync(new Uri("/api/feeds/No_Slug", UriKind.Relative));
        Assert.Equal(Words(await noSlug.CheckAsync(read)), Words(changed));
        await new Refusal(400, "invalid", "UUID", "id").OfAsync(newsroom, Request(newsroom, HttpMethod.Patch, "/seven", new { headline = "x" }, "\"1\""));
        await new Refusal(400, "invalid", "UUID", "id").OfAsync(newsroom, Request(newsroom, HttpMethod.Post, $"/{nobody:N}/retraction", new { }));
    }

    [Theory, BothModes]
    public async Task What_was_withdrawn_stays_withdrawn(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("A secret that got out");
        var tombstone = await newsroom.RetractAsync(entry, "Not for the public.");
        var gone = new Refusal(410, "retracted", "can't be changed any more");

        foreach (var attempt in new[]
        {
            newsroom.Patch(tombstone, new { headline = "x" }),
            newsroom.Patch(tombstone, new { pinned = true }),
            newsroom.Post($"/{entry.Id}/correction", new { headline = "x", note = "y" }, tombstone.Revision),
            newsroom.Post($"/{entry.Id}/retraction", new { }, tombstone.Revision),
        })
        {
            var problem = await gone.OfAsync(newsroom, attempt);
            Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        }

        await new Refusal(409, "entry-exists", "with other content").OfAsync(newsroom, newsroom.Post("", new { id = entry.Id, headline = "Back again" }));
    }

    [Theory, BothModes]
    public async Task A_closed_feed_takes_nothing_until_it_is_opened_again(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(newsrooms.Servers, mode);
        var entry = await newsroom.PublishAsync("The last item");
        var reader = await newsroom.FollowAsync(node: 1);
        await ChangeFeedAsync(newsroom, "closed");
        var closed = new Refusal(409, "feed-closed", $"'{newsroom.Feed}' is closed");

        foreach (var attempt in new[]
        {
            newsroom.Post("", new { headline = "x" }),
            newsroom.Patch(entry, new { headline = "x" }),
            newsroom.Post($"/{entry.Id}/correction", new { note = "y" }, entry.Revision),
        })
        {
            using var response = await newsroom.Desk.SendAsync(attempt);
            await closed.CheckAsync(response);
        }

        await ChangeFeedAsync(newsroom, "open");
        var next = await newsroom.PublishAsync("The next item");
        await reader.SeesAsync(next);
        Assert.Equal([1, 2], reader.Seen.Select(change => change.Seq));
    }

    private static (string? Title, string? Detail) Words(JsonElement problem) =>
        (problem.GetProperty("title").GetString(), problem.GetProperty("detail").GetString());

    private static async Task ChangeFeedAsync(Newsroom newsroom, string status)
    {
        using var changed = await newsroom.Desk.PatchAsJsonAsync($"/api/feeds/{newsroom.Feed}", new { status });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    private static HttpRequestMessage Request(Newsroom newsroom, HttpMethod method, string path, object body, string? ifMatch = null)
    {
        var request = Json(method, $"/api/feeds/{newsroom.Feed}/entries{path}", body);
        if (ifMatch is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("If-Match", ifMatch));
        }

        return request;
    }

    private static HttpRequestMessage Json(HttpMethod method, string path, object body) => new(method, path) { Content = JsonContent.Create(body) };
}
