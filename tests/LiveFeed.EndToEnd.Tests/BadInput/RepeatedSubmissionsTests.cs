using System.Net;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>The same submission again happens once and gets the first answer; the same name for another is refused.</summary>
public sealed class RepeatedSubmissionsTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task The_same_again_gets_the_first_answer_and_is_not_done_twice(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var item = new { headline = "Power is back", body = "In all of the town." };
        var first = await SendAsync(newsroom, newsroom.Post("", item), "storm 1", HttpStatusCode.Created);
        var again = await SendAsync(newsroom, newsroom.Post("", item), "storm 1", HttpStatusCode.Created);
        Assert.Equal((first.Id, first.Seq, 1), (again.Id, again.Seq, again.Revision));

        var edited = await SendAsync(newsroom, newsroom.Patch(first, new { headline = "Power is back, mostly" }), "storm 2", HttpStatusCode.OK);
        var editedAgain = await SendAsync(newsroom, newsroom.Patch(first, new { headline = "Power is back, mostly" }), "storm 2", HttpStatusCode.OK);
        Assert.Equal((edited.Seq, 2), (editedAgain.Seq, editedAgain.Revision));

        // Also after later edits.
        var late = await SendAsync(newsroom, newsroom.Post("", item), "storm 1", HttpStatusCode.Created);
        Assert.Equal(("Power is back", 1, first.Seq), (late.Headline, late.Revision, late.Seq));
        Assert.Equal(edited.Seq, (await newsroom.ListAsync()).Position.Seq);

        // After a retraction only the tombstone may be told.
        var tombstone = await newsroom.RetractAsync(edited);
        foreach (var repeat in new[] { newsroom.Post("", item), newsroom.Patch(first, new { headline = "Power is back, mostly" }) })
        {
            var told = await SendAsync(
                newsroom, repeat, repeat.Method == HttpMethod.Post ? "storm 1" : "storm 2", repeat.Method == HttpMethod.Post ? HttpStatusCode.Created : HttpStatusCode.OK);
            Assert.Equal((EntryStatus.Retracted, tombstone.Seq, null, null), (told.Status, told.Seq, told.Headline, told.Html));
        }
    }

    [Theory, BothModes]
    public async Task The_same_name_for_another_submission_is_refused(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var name = $"used by {newsroom.Feed}";
        var first = await SendAsync(newsroom, newsroom.Post("", new { headline = "One" }), name, HttpStatusCode.Created);
        var refusal = new Refusal(422, "reused", "used before for something else");

        await refusal.OfAsync(newsroom, Named(newsroom.Post("", new { headline = "Two" }), name));
        await refusal.OfAsync(newsroom, Named(newsroom.Post("", new { headline = "One", pinned = true }), name));
        await refusal.OfAsync(newsroom, Named(newsroom.Patch(first, new { headline = "One" }), name));
        await refusal.OfAsync(newsroom, Named(newsroom.Post($"/{first.Id}/retraction", new { }, 1), name));
    }

    [Theory, BothModes]
    public async Task A_refused_submission_leaves_its_name_free(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("One");
        var edited = await newsroom.EditAsync(entry, new { headline = "Two" });
        var name = $"stale in {newsroom.Feed}";

        await new Refusal(412, "conflict", "at revision 2").OfAsync(newsroom, Named(newsroom.Patch(entry, new { headline = "Three" }), name));
        var merged = await SendAsync(newsroom, newsroom.Patch(edited, new { headline = "Three" }), name, HttpStatusCode.OK);

        Assert.Equal(3, merged.Revision);
    }

    [Theory, BothModes]
    public async Task The_same_entry_published_twice_at_once_stands_once(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var id = Guid.CreateVersion7();
        var before = (await newsroom.ListAsync()).Position.Seq;

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => newsroom.PublishAsync(new { id, headline = "Once" })));

        Assert.All(answers, answer => Assert.Equal((id, before + 1, 1), (answer.Id, answer.Seq, answer.Revision)));
        Assert.Equal(before + 1, (await newsroom.ListAsync()).Position.Seq);
        await new Refusal(409, "entry-exists", "with other content").OfAsync(newsroom, newsroom.Post("", new { id, headline = "Another" }));
    }

    private static HttpRequestMessage Named(HttpRequestMessage request, string name)
    {
        request.Headers.Add("Idempotency-Key", name);
        return request;
    }

    private static async Task<Entry> SendAsync(Newsroom newsroom, HttpRequestMessage request, string name, HttpStatusCode expected)
    {
        using var response = await newsroom.Desk.SendAsync(Named(request, name));
        Assert.Equal(expected, response.StatusCode);
        return await Newsroom.ReadAsync<Entry>(response);
    }
}
