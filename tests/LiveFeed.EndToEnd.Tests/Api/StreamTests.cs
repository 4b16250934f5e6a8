using System.Net;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Api;

/// <summary>A feed as server-sent events: the newest first of all, then every change, gone on from where the reader was.</summary>
public sealed class StreamTests(Servers servers)
{
    [Theory, BothModes]
    public async Task A_stream_begins_with_the_newest_and_brings_every_change(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var first = await newsroom.PublishAsync(new { headline = "First", body = "Its text" });
        await using var stream = await EventReader.OpenAsync(newsroom, node: 1);

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (stream.Response.StatusCode, stream.Response.Content.Headers.ContentType?.MediaType));
        Assert.True(stream.Response.Headers.CacheControl?.NoStore);
        var reset = await stream.NextAsync();
        var snapshot = JsonSerializer.Deserialize<Followed>(reset.Data, Wire.Json)!;
        Assert.Equal(("reset", true, snapshot.Position.ToString()), (reset.EventType, snapshot.Reset, reset.EventId));
        Assert.Equal((first.Id, null), (Assert.Single(snapshot.Entries).Id, snapshot.Entries[0].Body));

        var second = await newsroom.PublishAsync("Second");
        var edited = await newsroom.EditAsync(first, new { headline = "First, edited" });
        var retracted = await newsroom.RetractAsync(edited, "Not so.");

        foreach (var expected in new[] { second, edited, retracted })
        {
            var (update, entry) = await NextAsync(stream);
            Assert.Equal((expected.Id, expected.Seq, expected.Headline, expected.Status), (entry.Id, entry.Seq, entry.Headline, entry.Status));
            Assert.Equal($"{snapshot.Position.Epoch}:{expected.Seq}", update);
        }
    }

    [Theory, BothModes]
    public async Task A_stream_goes_on_after_the_event_that_was_seen_last(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var first = await newsroom.PublishAsync("First");
        string seen;
        await using (var stream = await EventReader.OpenAsync(newsroom, node: 0))
        {
            seen = (await stream.NextAsync()).EventId!;
        }

        var missed = await newsroom.PublishAsync("Missed");
        var retracted = await newsroom.RetractAsync(first);

        // On another node, and however the position is told; what a browser saw last counts more than its address.
        var asked = $"?position={seen}";
        foreach (var (lastEventId, query) in new[] { (seen, ""), (null, asked), (seen, "?position=someotherlog:1") })
        {
            await using var stream = await EventReader.OpenAsync(newsroom, node: 1, lastEventId, query);
            Assert.Equal(missed.Seq, (await NextAsync(stream)).Entry.Seq);
            var (position, tombstone) = await NextAsync(stream);
            Assert.Equal((retracted.Seq, EntryStatus.Retracted, null), (tombstone.Seq, tombstone.Status, tombstone.Html));
            Assert.EndsWith($":{retracted.Seq}", position, StringComparison.Ordinal);
        }

        await using var stranger = await EventReader.OpenAsync(newsroom, node: 1, "someotherlog:1");
        Assert.Equal("reset", (await stranger.NextAsync()).EventType);
    }

    private static async Task<(string Position, Entry Entry)> NextAsync(EventReader stream)
    {
        var next = await stream.NextAsync();
        Assert.Equal("updated", next.EventType);
        return (next.EventId!, JsonSerializer.Deserialize<Entry>(next.Data, Wire.Json)!);
    }
}
