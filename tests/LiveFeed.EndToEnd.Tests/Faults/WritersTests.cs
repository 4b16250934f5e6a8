using System.Net;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Faults;

/// <summary>Many who write at once.</summary>
public sealed class WritersTests(Servers servers)
{
    private const int Writers = 20;

    [Theory, BothModes]
    public async Task Twenty_writers_on_one_feed_leave_no_hole_in_its_log(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync(node: 1);

        var posted = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var mine = new List<Entry>();
            for (var i = 0; i < 10; i++)
            {
                mine.Add(await newsroom.PublishAsync($"Writer {writer}, item {i}"));
            }

            return mine;
        }));

        Assert.Equal(Enumerable.Range(1, Writers * 10).Select(seq => (long)seq), posted.SelectMany(mine => mine).Select(entry => entry.Seq).Order());
        // Each writer's own items stand in the order in which they were sent.
        Assert.All(posted, mine => Assert.Equal(mine.Select(entry => entry.Seq).Order(), mine.Select(entry => entry.Seq)));
        await reader.SeesAsync(posted.SelectMany(mine => mine).MaxBy(entry => entry.Seq)!);
        Assert.Equal(Enumerable.Range(1, Writers * 10).Select(seq => (long)seq), reader.Seen.Select(entry => entry.Seq));
    }

    [Theory, BothModes]
    public async Task Of_twenty_editors_who_saw_the_same_revision_one_wins_and_the_others_are_shown_the_newest(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await newsroom.PublishAsync("The ferry is late");

        for (var revision = 1; revision <= 3; revision++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(editor =>
                newsroom.Desk.SendAsync(newsroom.Patch(entry, new { headline = $"The ferry is late, says editor {editor}" }))));

            var winner = await Newsroom.ReadAsync<Entry>(Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK));
            Assert.Equal(revision + 1, winner.Revision);
            foreach (var loser in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            {
                Assert.Equal(HttpStatusCode.PreconditionFailed, loser.StatusCode);
                var problem = JsonDocument.Parse(await loser.Content.ReadAsStringAsync());
                Assert.Equal(winner.Headline, problem.RootElement.GetProperty("entry").GetProperty("headline").GetString());
            }

            entry = winner;
        }
    }
}
