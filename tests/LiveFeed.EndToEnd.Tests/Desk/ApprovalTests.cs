using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>A reporter's draft goes to an editor, back, and on the air.</summary>
public sealed class ApprovalTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task A_draft_is_submitted_sent_back_written_anew_and_put_on_the_air(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var ann = await newsroom.WriterAsync(DeskRole.Reporter);
        using var ed = await newsroom.WriterAsync(DeskRole.Editor);
        var (reporter, editor, id) = (new Drafts(newsroom.Feed, ann), new Drafts(newsroom.Feed, ed), Guid.CreateVersion7());
        var reader = await newsroom.FollowAsync(node: 1);

        await reporter.SavedAsync(id, new { headline = "Trains stop", kind = "breaking" });
        Assert.Equal("submitted", Drafts.State(await reporter.DecidedAsync(id, "submission", seen: 1)));
        await new Refusal(409, "draft-locked", "waits for an editor").CheckAsync(await reporter.SaveAsync(id, new { headline = "Trains have stopped" }, seen: 2));
        Assert.Contains(await editor.ListAsync("?state=submitted"), draft => draft.GetProperty("id").GetGuid() == id);
        var returned = await editor.DecidedAsync(id, "return", seen: 2, new { note = "Since when?" });
        Assert.Equal(("returned", "Since when?"), (Drafts.State(returned), returned.GetProperty("returnNote").GetString()));

        await reporter.SavedAsync(id, new { headline = "Trains stop at noon", kind = "breaking" }, seen: 3);
        await reporter.DecidedAsync(id, "submission", seen: 4);
        await new Refusal(412, "draft-changed", "at version 5").CheckAsync(await editor.DecideAsync(id, "publication", seen: 2));
        var entry = await editor.PublishedAsync(id, seen: 5);
        var again = await editor.PublishedAsync(id, seen: 5);

        await reader.SeesAsync(entry);
        Assert.Equal((id, 1, "Trains stop at noon", EntryKind.Breaking), (entry.Id, entry.Revision, entry.Headline, entry.Kind));
        Assert.Equal((entry.Seq, entry.Revision), (again.Seq, again.Revision));
        Assert.Equal("published", Drafts.State(await reporter.FindAsync(id)));
        await new Refusal(409, "draft-locked", "on the air").CheckAsync(await editor.SaveAsync(id, new { headline = "Other" }, seen: 5));
    }

    [Theory, BothModes]
    public async Task A_draft_of_a_change_becomes_the_entrys_next_revision_or_says_that_it_came_second(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (drafts, edit, correction) = (new Drafts(newsroom.Feed, newsroom.Desk), Guid.CreateVersion7(), Guid.CreateVersion7());
        var entry = await newsroom.PublishAsync(new { headline = "Ten hurt", byline = "Ann" });
        await drafts.SavedAsync(edit, new Dictionary<string, object?>
        {
            ["action"] = "edit",
            ["entryId"] = entry.Id,
            ["revision"] = 1,
            ["minor"] = true,
            ["headline"] = "Ten people hurt",
            ["byline"] = null,
        });
        await drafts.SavedAsync(correction, new { action = "correct", entryId = entry.Id, revision = 1, headline = "Nine hurt", note = "It was nine." });

        var edited = await drafts.PublishedAsync(edit, seen: 1);
        Assert.Equal((2, "Ten people hurt", null, null), (edited.Revision, edited.Headline, edited.Byline, edited.UpdatedAt));
        var problem = await new Refusal(412, "conflict", "at revision 2").CheckAsync(await drafts.DecideAsync(correction, "publication", seen: 1));
        var left = problem.GetProperty("draft");
        Assert.Equal(("submitted", 2), (Drafts.State(left), Drafts.Version(left)));
        Assert.Contains("revision 2", left.GetProperty("problem").GetString(), StringComparison.Ordinal);

        await drafts.SavedAsync(correction, new { action = "correct", entryId = entry.Id, revision = 2, headline = "Nine hurt", note = "It was nine." }, seen: 2);
        var corrected = await drafts.PublishedAsync(correction, seen: 3);
        Assert.Equal((3, "Nine hurt", "It was nine."), (corrected.Revision, corrected.Headline, corrected.Correction?.Note));
    }

    [Theory, BothModes]
    public async Task What_breaks_a_rule_of_the_air_is_told_when_it_is_submitted(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (drafts, id) = (new Drafts(newsroom.Feed, newsroom.Desk), Guid.CreateVersion7());
        await drafts.SavedAsync(id, new { headline = "A link half typed", link = "https:/" });
        var refusal = new Refusal(400, "invalid", "absolute http or https", "link");

        await refusal.CheckAsync(await drafts.DecideAsync(id, "submission", seen: 1));
        await refusal.CheckAsync(await drafts.DecideAsync(id, "publication", seen: 1));

        Assert.Equal("writing", Drafts.State(await drafts.FindAsync(id)));
    }

    [Theory, BothModes]
    public async Task Twenty_presses_on_publish_at_once_put_it_on_the_air_once(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (drafts, id) = (new Drafts(newsroom.Feed, newsroom.Desk), Guid.CreateVersion7());
        await drafts.SavedAsync(id, new { headline = "Once" });
        var before = (await newsroom.ListAsync()).Position.Seq;

        var entries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => drafts.PublishedAsync(id, seen: 1)));

        Assert.All(entries, entry => Assert.Equal((id, before + 1, 1), (entry.Id, entry.Seq, entry.Revision)));
        Assert.Equal(before + 1, (await newsroom.ListAsync()).Position.Seq);
    }
}
