using System.Net;
using System.Text.Json;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>No word that was written is lost, and none is overwritten unseen.</summary>
public sealed class DraftTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task A_draft_is_kept_as_it_is_written_and_no_reader_sees_it(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var ann = await newsroom.WriterAsync(DeskRole.Reporter);
        var (drafts, id) = (new Drafts(newsroom.Feed, ann), Guid.CreateVersion7());
        var before = (await newsroom.ListAsync()).Position;

        using var begun = await drafts.SaveAsync(id, new { headline = "The bri" });
        Assert.Equal((HttpStatusCode.Created, "\"1\""), (begun.StatusCode, begun.Headers.ETag?.Tag));
        await drafts.SavedAsync(id, new { headline = "The bridge is open", body = new string('x', 300), link = "https://ex", deskNotes = "Ask the mayor" }, seen: 1);
        var kept = await drafts.FindAsync(id);

        Assert.Equal(("writing", 2, "The bridge is open", "Ask the mayor"),
            (Drafts.State(kept), Drafts.Version(kept), Of(kept, "headline"), Of(kept, "deskNotes")));
        var listed = Assert.Single(await drafts.ListAsync());
        Assert.Equal((id, 200, null), (listed.GetProperty("id").GetGuid(), listed.GetProperty("excerpt").GetString()!.Length, Of(listed, "body")));
        Assert.Equal(before, (await newsroom.ListAsync()).Position);
        using var hidden = await newsroom.Ticker.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}/entries/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Theory, BothModes]
    public async Task Of_those_who_write_in_one_draft_at_once_one_is_kept_and_the_others_are_shown_it(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var bo = await newsroom.WriterAsync(DeskRole.Editor);
        var (first, second, id) = (new Drafts(newsroom.Feed, newsroom.Desk), new Drafts(newsroom.Feed, bo), Guid.CreateVersion7());
        await first.SavedAsync(id, new { headline = "Fire at the port" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? first : second).SaveAsync(id, new { headline = $"Fire at port {i}" }, seen: 1)));
        var winner = await Newsroom.ReadAsync<JsonElement>(Assert.Single(answers, answer => answer.IsSuccessStatusCode));

        foreach (var loser in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            var problem = await new Refusal(412, "draft-changed", "at version 2").CheckAsync(loser);
            Assert.Equal(Of(winner, "headline"), Of(problem.GetProperty("draft"), "headline"));
        }

        await new Refusal(428, "version-needed", "If-Match").CheckAsync(await first.SaveAsync(id, new { headline = "Unseen" }));
    }

    [Theory, BothModes]
    public async Task A_save_whose_answer_was_lost_is_sent_again_without_harm(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (drafts, id) = (new Drafts(newsroom.Feed, newsroom.Desk), Guid.CreateVersion7());

        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => drafts.SavedAsync(id, new { headline = "Once" })));
        await drafts.SavedAsync(id, new { headline = "Twice" }, seen: 1);
        var again = await drafts.SavedAsync(id, new { headline = "Twice" }, seen: 1);

        Assert.All(begun, draft => Assert.Equal(1, Drafts.Version(draft)));
        Assert.Equal(2, Drafts.Version(again));
    }

    [Theory, BothModes]
    public async Task What_is_thrown_away_is_gone_and_does_not_come_back(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (drafts, id) = (new Drafts(newsroom.Feed, newsroom.Desk), Guid.CreateVersion7());
        await drafts.SavedAsync(id, new { headline = "Never mind" });

        using var deleted = await drafts.SendAsync(HttpMethod.Delete, $"/{id}", seen: 1);
        using var again = await drafts.SendAsync(HttpMethod.Delete, $"/{id}", seen: 1);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (deleted.StatusCode, again.StatusCode));
        var gone = new Refusal(410, "draft-deleted", id.ToString());
        await gone.CheckAsync(await drafts.SendAsync(HttpMethod.Get, $"/{id}"));
        await gone.CheckAsync(await drafts.SaveAsync(id, new { headline = "Late keystroke" }, seen: 1));
        Assert.DoesNotContain(await drafts.ListAsync(), draft => draft.GetProperty("id").GetGuid() == id);
    }

    [Theory, BothModes]
    public async Task Reporters_have_their_own_drafts_and_editors_all(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var ann = await newsroom.WriterAsync(DeskRole.Reporter);
        using var bo = await newsroom.WriterAsync(DeskRole.Reporter);
        using var editor = await newsroom.WriterAsync(DeskRole.Editor);
        var (own, others, all, id) = (new Drafts(newsroom.Feed, ann), new Drafts(newsroom.Feed, bo), new Drafts(newsroom.Feed, editor), Guid.CreateVersion7());
        await own.SavedAsync(id, new { headline = "Ann's" });
        var refusal = new Refusal(403, "draft-not-yours", "they began");

        await refusal.CheckAsync(await others.SendAsync(HttpMethod.Get, $"/{id}"));
        await refusal.CheckAsync(await others.SaveAsync(id, new { headline = "Bo's" }, seen: 1));
        await refusal.CheckAsync(await others.SendAsync(HttpMethod.Delete, $"/{id}", seen: 1));
        await refusal.CheckAsync(await others.DecideAsync(id, "submission", seen: 1));
        Assert.Empty(await others.ListAsync());
        Assert.Empty(await all.ListAsync("?mine=true"));
        Assert.False(Assert.Single(await all.ListAsync("?limit=100"), draft => draft.GetProperty("id").GetGuid() == id).GetProperty("mine").GetBoolean());
        Assert.Equal(2, Drafts.Version(await all.SavedAsync(id, new { headline = "Ann's, edited" }, seen: 1)));
        Assert.True((await own.FindAsync(id)).GetProperty("mine").GetBoolean());
    }

    [Theory, BothModes]
    public async Task A_list_goes_on_where_it_ended(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var ann = await newsroom.WriterAsync(DeskRole.Reporter);
        var drafts = new Drafts(newsroom.Feed, ann);
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(Guid.CreateVersion7());
            await drafts.SavedAsync(ids[i], new { headline = $"Number {i}" });
        }

        var read = new List<Guid>();
        for (string? before = ""; before is not null;)
        {
            using var answer = await drafts.SendAsync(HttpMethod.Get, $"?limit=2{before}");
            var page = await Newsroom.ReadAsync<JsonElement>(answer);
            read.AddRange(page.GetProperty("drafts").EnumerateArray().Select(draft => draft.GetProperty("id").GetGuid()));
            before = page.TryGetProperty("next", out var next) ? $"&before={next.GetString()}" : null;
        }

        Assert.Equal(ids.OrderDescending(), read.OrderDescending());
        Assert.Equal(ids.Count, read.Count);
    }

    public static TheoryData<object, Refusal> Wrong => new()
    {
        { new { headline = new string('x', 301) }, new(400, "invalid", "at most 300", "headline") },
        { new { body = new string('x', 65_537) }, new(400, "invalid", "65537 bytes", "body") },
        { new { deskNotes = new string('x', 10_001) }, new(400, "invalid", "at most 10000", "deskNotes") },
        { new { action = "retract" }, new(400, "invalid", "retraction", "action") },
        { new { action = "shout" }, new(400, "invalid", "publish, edit or correct", "action") },
        { new { action = "edit" }, new(400, "invalid", "names the entry", "entryId") },
        { new { action = "edit", entryId = Guid.NewGuid() }, new(400, "invalid", "count from 1", "revision") },
        { new { entryId = Guid.NewGuid() }, new(400, "invalid", "the draft's id", "entryId") },
        { new { headlin = "x" }, new(400, "invalid", "not a field", "headlin") },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_draft_that_breaks_a_limit_is_refused_with_the_rule(object content, Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var (drafts, id) = (new Drafts(newsroom.Feed, newsroom.Desk), Guid.CreateVersion7());

        await refusal.CheckAsync(await drafts.SaveAsync(id, content));

        await new Refusal(404, "unknown-draft", id.ToString()).CheckAsync(await drafts.SendAsync(HttpMethod.Get, $"/{id}"));
    }

    private static string? Of(JsonElement draft, string field) =>
        draft.GetProperty("content").TryGetProperty(field, out var value) ? value.GetString() : null;
}
