using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using Microsoft.Extensions.Logging;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>A draft whose way to the air has no known end is shown as not live yet, and seen to by the desk until it is.</summary>
public sealed class NotLiveYetTests(Servers servers)
{
    [Fact]
    public async Task What_is_published_or_due_while_the_broker_is_away_goes_on_the_air_once_when_it_is_back()
    {
        await using var rabbitMq = await RabbitMqServer.StartAsync();
        var directory = Directory.CreateTempSubdirectory("livefeed-unsure-");
        await using var node = await Node.StartAsync(new Dictionary<string, string>(await servers.MeetingPointAsync(Mode.Distributed))
        {
            ["ConnectionStrings:RabbitMq"] = rabbitMq.ConnectionString,
            ["LiveFeed:AdminKey"] = Newsroom.AdminKey,
            ["LiveFeed:DataDirectory"] = directory.FullName,
        });
        using var desk = Newsroom.Client(node.Address, Newsroom.AdminKey);
        var feed = $"feed-{Guid.NewGuid():N}"[..13];
        Assert.Equal(HttpStatusCode.Created, (await desk.PostAsJsonAsync("/api/feeds", new { slug = feed })).StatusCode);
        var (drafts, first, pressed, due) = (new Drafts(feed, desk), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var id in new[] { first, pressed, due })
        {
            await drafts.SavedAsync(id, new { headline = $"Number {id}" });
        }

        await drafts.PublishedAsync(first, seen: 1);

        await rabbitMq.KillAsync();
        await drafts.ScheduledAsync(due, DateTimeOffset.UtcNow.AddMilliseconds(500), seen: 1);
        using var unsure = await drafts.DecideAsync(pressed, "publication", seen: 1);
        Assert.Equal(HttpStatusCode.Accepted, unsure.StatusCode);
        Assert.Equal(pressed, (await Newsroom.ReadAsync<JsonElement>(unsure)).GetProperty("id").GetGuid());
        Assert.Equal("publishing", Drafts.State(await drafts.FindAsync(pressed)));
        await Eventually.ReadsAsync("the other one is due", async _ => Drafts.State(await drafts.FindAsync(due)), state => state == "publishing");
        await new Refusal(409, "draft-locked", "too late").CheckAsync(await drafts.CancelAsync(due, seen: 2));
        Assert.Equal(first, Assert.Single(await EntriesAsync()).Id);

        await rabbitMq.StartAgainAsync();
        foreach (var id in new[] { pressed, due })
        {
            // MassTransit looks for a broker that was away for long every 30 seconds, and then the queues are made anew.
            await Eventually.ReadsAsync(
                "it is known to be on the air", async _ => Drafts.State(await drafts.FindAsync(id)), state => state == "published", TimeSpan.FromSeconds(90));
        }

        var entries = await Eventually.ReadsAsync("all are on the air", _ => EntriesAsync(), read => read.Count == 3);
        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Seq).Order());
        node.Log.AssertNoErrors(record => record.Category.StartsWith("MassTransit", StringComparison.Ordinal) && record.Level == LogLevel.Error);
        directory.Delete(recursive: true);

        async Task<IReadOnlyList<Entry>> EntriesAsync() =>
            (await Newsroom.ReadAsync<EntryPage>(await desk.GetAsync(new Uri($"/api/feeds/{feed}/entries", UriKind.Relative)))).Entries;
    }
}
