using System.Net;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>The newsroom can say who wrote what, and what readers saw when.</summary>
public sealed class HistoryTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task Every_revision_tells_who_when_and_what_changed_also_what_was_withdrawn(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var reporter = await newsroom.WriterAsync(DeskRole.Reporter);
        var entry = await newsroom.PublishAsync(new { headline = "Ten hurt in fire", body = "The *mill* burns.", tags = new[] { "fire" } });
        var pinned = await newsroom.EditAsync(entry, new { pinned = true });
        var corrected = await newsroom.CorrectAsync(pinned, new { headline = "Nine hurt in fire", byline = "Ann", note = "It was nine." });
        await newsroom.RetractAsync(corrected, "The mill is fine.");

        var revisions = await RevisionsAsync(newsroom, reporter, $"/entries/{entry.Id}/history");

        Assert.Equal([4, 3, 2, 1], revisions.Select(one => one.Revision));
        Assert.Equal([EntryAction.Retract, EntryAction.Correct, EntryAction.Edit, EntryAction.Publish], revisions.Select(one => one.Action));
        Assert.All(revisions, one => Assert.Equal("admin", one.By));
        Assert.Equal(["The mill is fine.", "It was nine.", null, null], revisions.Select(one => one.Note));
        Assert.Equal([false, false, true, false], revisions.Select(one => one.Minor));
        Assert.Equal(["headline", "body", "kind", "byline", "tags", "pinned", "status"], revisions[0].Changes.Select(change => change.Field));
        Assert.Equal(["headline", "byline"], revisions[1].Changes.Select(change => change.Field));
        Assert.Equal(["removed Ten", "added Nine", "same  hurt in fire"], revisions[1].Changes[0].Diff!.Select(piece => $"{piece.Kind.ToString().ToLowerInvariant()} {piece.Text}"));
        Assert.Equal(["pinned"], revisions[2].Changes.Select(change => change.Field));
        Assert.Equal(("The *mill* burns.", "Ten hurt in fire"), (revisions[3].Entry.Body, revisions[3].Entry.Headline));
        // From which key, the audit log says, to those who may read it.
        Assert.All(revisions, one => Assert.Null(one.SentBy));
        var sent = await Testing.Eventually.ReadsAsync(
            "all is noted", _ => RevisionsAsync(newsroom, newsroom.Desk, $"/entries/{entry.Id}/history"), read => read.All(one => one.SentBy is not null));
        Assert.Equal(["retractEntry", "correctEntry", "editEntry", "publishEntry"], sent.Select(one => one.SentBy!.Action));
        Assert.All(sent, one => Assert.Equal(("admin-key", "admin"), (one.SentBy!.Id, one.SentBy.Name)));
        // Readers never get it.
        var open = await newsroom.Ticker.GetStringAsync(new Uri($"/api/feeds/{newsroom.Feed}/entries/{entry.Id}/revisions?include=body", UriKind.Relative));
        Assert.DoesNotContain("mill* burns", open, StringComparison.Ordinal);

        var first = await Newsroom.ReadAsync<JsonElement>(await GetAsync(newsroom, reporter, $"/entries/{entry.Id}/history?limit=3"));
        Assert.Equal(2, first.GetProperty("next").GetInt32());
        Assert.Equal([1], (await RevisionsAsync(newsroom, reporter, $"/entries/{entry.Id}/history?limit=3&before=2")).Select(one => one.Revision));
    }

    [Theory, BothModes]
    public async Task The_page_shows_what_became_of_an_item_and_what_readers_saw_at_a_time(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (_, browser) = await newsroom.JoinedAsync($"Hana {mode}", DeskRole.Reporter);
        using var reporter = browser;
        var entry = await newsroom.PublishAsync(new { headline = "Ten <b>hurt</b> in mill", body = "It *burns*." });
        var corrected = await newsroom.CorrectAsync(entry, new { headline = "Nine hurt in mill", note = "It was nine." });
        await newsroom.RetractAsync(corrected, "The mill is fine.");

        var page = await SaysAsync(200, "Readers were told: <bdi>The mill is fine.</bdi>", GetAsync($"/desk/history/{newsroom.Feed}/{entry.Id}"));
        Assert.Contains("<del>Ten", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>hurt", page, StringComparison.Ordinal);
        Assert.Contains("Readers were told: <bdi>It was nine.</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("<em>burns</em>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("sent by", page, StringComparison.Ordinal);

        var then = Rfc3339.Format(entry.PublishedAt);
        var stood = await SaysAsync(200, "as it stood at", GetAsync($"/desk/history?feed={newsroom.Feed}&at={Uri.EscapeDataString(then)}"));
        Assert.Contains("Ten &lt;b&gt;hurt&lt;/b&gt; in mill", stood, StringComparison.Ordinal);
        Assert.DoesNotContain("Nine hurt", stood, StringComparison.Ordinal);
        Assert.Contains("The mill is fine.", await SaysAsync(200, "as it stood at", GetAsync($"/desk/history?feed={newsroom.Feed}&at=")), StringComparison.Ordinal);
        await SaysAsync(400, "lies ahead", GetAsync($"/desk/history?feed={newsroom.Feed}&at=2999-01-01T00:00"));
        await SaysAsync(400, "without an offset", GetAsync($"/desk/history?feed={newsroom.Feed}&at=five%20past"));
        await SaysAsync(404, "no such feed", GetAsync("/desk/history?feed=nowhere"));
        await SaysAsync(404, "no such item", GetAsync($"/desk/history/{newsroom.Feed}/{Guid.NewGuid()}"));
        using var stranger = Browser.At(newsroom.Desk.BaseAddress!);
        await SaysAsync(401, "Sign in", stranger.Http.GetAsync(new Uri($"/desk/history/{newsroom.Feed}/{entry.Id}", UriKind.Relative)));

        Task<HttpResponseMessage> GetAsync(string path) => reporter.Http.GetAsync(new Uri(path, UriKind.Relative));
    }

    [Theory, BothModes]
    public async Task What_readers_saw_at_a_time_is_told_in_their_order(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(newsrooms.Servers, mode);
        var seen = new List<(DateTimeOffset At, EntryPage Page)>();
        var first = await newsroom.PublishAsync("First");
        await SeenAsync();
        var second = await newsroom.PublishAsync("""Second, with ,"pinned":true in it""");
        await SeenAsync();
        first = await newsroom.EditAsync(first, new { pinned = true });
        await SeenAsync();
        await newsroom.CorrectAsync(second, new { headline = "Second, corrected", note = "A word." });
        await SeenAsync();
        first = await newsroom.EditAsync(first, new { pinned = false });
        await newsroom.RetractAsync(first);
        await SeenAsync();

        foreach (var (at, page) in seen)
        {
            var stood = await PastAsync($"at={Rfc3339.Format(at)}");
            Assert.Equal((page.Position, null), (stood.Position, stood.Next));
            Assert.Equal(JsonSerializer.Serialize(page.Entries, Wire.Json), JsonSerializer.Serialize(stood.Entries, Wire.Json));
        }

        var top = await PastAsync($"at={Rfc3339.Format(seen[2].At)}&limit=1");
        var rest = await PastAsync($"at={Rfc3339.Format(seen[2].At)}&limit=1&before={top.Next}");
        Assert.Equal(seen[2].Page.Entries.Select(entry => entry.Id), top.Entries.Concat(rest.Entries).Select(entry => entry.Id));
        Assert.Empty((await PastAsync("at=2020-01-01T00:00:00Z")).Entries);

        // Until the next change is a millisecond later: that is how fine the record is.
        async Task SeenAsync()
        {
            var page = await newsroom.ListAsync();
            var at = DateTimeOffset.UtcNow;
            seen.Add((at, page));
            await Testing.Eventually.TrueAsync("the clock goes on", () => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > at.ToUnixTimeMilliseconds());
        }

        async Task<FeedAsItStood> PastAsync(string query) => await Newsroom.ReadAsync<FeedAsItStood>(await GetAsync(newsroom, newsroom.Desk, $"/history?{query}"));
    }

    [Fact]
    public async Task A_question_that_cannot_be_answered_names_the_rule()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var id = Guid.NewGuid();

        await RefusedAsync("/history", new(400, "invalid", "RFC 3339", "at"));
        await RefusedAsync("/history?at=2026-11-27T14:05", new(400, "invalid", "RFC 3339", "at"));
        await RefusedAsync($"/history?at={Rfc3339.Format(DateTimeOffset.UtcNow.AddHours(1))}", new(400, "invalid", "future", "at"));
        await RefusedAsync("/history?at=2020-11-27T14:05:00Z&limit=0", new(400, "invalid", "1 to 100", "limit"));
        await RefusedAsync("/history?at=2020-11-27T14:05:00Z&before=x", new(400, "invalid", "next said", "before"));
        await RefusedAsync($"/entries/{id}/history", new(404, "unknown-entry", id.ToString()));
        await RefusedAsync("/entries/7/history", new(400, "invalid", "UUID", "id"));
        await RefusedAsync($"/entries/{id}/history?before=0", new(400, "invalid", "from 1", "before"));

        async Task RefusedAsync(string path, Refusal refusal) => await refusal.CheckAsync(await GetAsync(newsroom, newsroom.Desk, path));
    }

    private static async Task<IReadOnlyList<PastRevision>> RevisionsAsync(Newsroom newsroom, HttpClient writer, string path) =>
        (await Newsroom.ReadAsync<RevisionHistory>(await GetAsync(newsroom, writer, path))).Revisions;

    private static async Task<HttpResponseMessage> GetAsync(Newsroom newsroom, HttpClient writer, string path)
    {
        var answer = await writer.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}{path}", UriKind.Relative));
        Assert.True(answer.StatusCode is not HttpStatusCode.OK || answer.Headers.CacheControl?.NoStore == true);
        return answer;
    }
}
