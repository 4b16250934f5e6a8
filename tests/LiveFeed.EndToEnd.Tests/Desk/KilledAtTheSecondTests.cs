using System.Net;
using System.Net.Http.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>What is scheduled goes out once, by one node, whatever becomes of the nodes at that second.</summary>
public sealed class KilledAtTheSecondTests(Servers servers)
{
    private const int Items = 40;

    [Theory, BothModes]
    public async Task Items_that_are_due_while_every_desk_is_killed_go_on_the_air_once(Mode mode)
    {
        var directory = Directory.CreateTempSubdirectory("livefeed-second-");
        var settings = new Dictionary<string, string>(await servers.MeetingPointAsync(mode))
        {
            ["LiveFeed:AdminKey"] = Newsroom.AdminKey,
            ["LiveFeed:DataDirectory"] = directory.FullName,
        };
        await using var others = mode is Mode.Distributed ? await Node.StartAsync(With("fanout,ticker")) : null;
        await using var first = await LiveFeedProcess.StartAsync(mode is Mode.Distributed ? With("desk") : settings);
        await using var second = mode is Mode.Distributed ? await LiveFeedProcess.StartAsync(With("desk")) : null;
        LiveFeedProcess[] desks = second is null ? [first] : [first, second];
        using var desk = Newsroom.Client(first.Address, Newsroom.AdminKey);
        using var ticker = Newsroom.Client(others?.Address ?? first.Address);
        Assert.Equal(HttpStatusCode.Created, (await desk.PostAsJsonAsync("/api/feeds", new { slug = "second" })).StatusCode);
        var drafts = new Drafts("second", desk);
        var ids = Enumerable.Range(0, Items).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(ids.Select(id => drafts.SavedAsync(id, new { headline = $"Item {id}" })));

        var at = DateTimeOffset.UtcNow.AddSeconds(2);
        await Task.WhenAll(ids.Select((id, i) => drafts.ScheduledAsync(id, at.AddMilliseconds(25 * i), seen: 1)));
        await Eventually.TrueAsync("the first is on the air", async _ => (await EntriesAsync()).Count > 0);
        await Task.WhenAll(desks.Select(one => one.KillAsync()));
        await Task.WhenAll(desks.Select(one => one.StartAgainAsync()));

        await Eventually.TrueAsync("every draft is published", async _ => (await drafts.ListAsync("?state=published&limit=100")).Count == Items);
        var entries = await Eventually.ReadsAsync("every item is on the air", _ => EntriesAsync(), read => read.Count == Items);
        Assert.Equal(ids.Order(), entries.Select(entry => entry.Id).Order());
        Assert.Equal(Enumerable.Range(1, Items).Select(seq => (long)seq), entries.Select(entry => entry.Seq).Order());
        Assert.All(entries, entry => Assert.True(entry.PublishedAt >= at.AddMilliseconds((25 * ids.IndexOf(entry.Id)) - 1), $"{entry.Id} came too early"));
        others?.Log.AssertNoErrors();
        directory.Delete(recursive: true);

        Dictionary<string, string> With(string roles) => new(settings) { ["LiveFeed:Roles"] = roles };

        async Task<IReadOnlyList<Entry>> EntriesAsync() =>
            (await Newsroom.ReadAsync<EntryPage>(await ticker.GetAsync(new Uri("/api/feeds/second/entries?limit=100", UriKind.Relative)))).Entries;
    }
}
