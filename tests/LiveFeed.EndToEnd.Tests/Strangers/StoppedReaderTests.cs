using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using LiveFeed.Ticker.Admission;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>A reader that stops reading costs the others nothing: it is cut in time, or brought up to date when it reads on.</summary>
public sealed class StoppedReaderTests(Servers servers)
{
    private const int ReceiveBuffer = 4 * 1024;

    // Their own push bounds what the system holds for a reader, SignalR leaves megabytes of it to the system.
    [Theory, InlineData(Door.Plain, 30, 12), InlineData(Door.Negotiated, 120, 60)]
    public async Task Who_reads_no_more_is_cut_and_the_others_are_told_at_once(Door door, int items, int kilobytes)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var readers = newsroom.Nodes[0].Services.GetRequiredService<Doorkeeper>();
        using var ended = Counted.Ended(newsroom.Nodes[0], door);
        await using var plain = await Witness.OpenAsync(newsroom, Door.Plain);
        await using var negotiated = await Witness.OpenAsync(newsroom, Door.Negotiated);
        using var stopped = await Stranger.GreetAsync(newsroom.Tickers[0], door, ReceiveBuffer);
        await stopped.AskAsync("Follow", newsroom.Feed);

        var published = new List<Entry>();
        for (var item = 0; item < items; item++)
        {
            published.Add(await newsroom.PublishAsync(Item($"Item {item}", kilobytes)));
            await plain.SeesAsync(published[^1]);
            await negotiated.SeesAsync(published[^1]);
        }

        Assert.Equal(3, readers.Readers);
        await Eventually.TrueAsync("the reader that stopped is cut", () => readers.Readers == 2, TimeSpan.FromSeconds(14));
        // SignalR doesn't tell that it was it who cut a line.
        Assert.Equal(door is Door.Plain ? "1 stalled" : "1 gone", ended.ToString());
        published.Add(await newsroom.PublishAsync("Afterwards"));
        await plain.SeesAsync(published[^1]);
        await negotiated.SeesAsync(published[^1]);
        plain.HasSeen(published);
        negotiated.HasSeen(published);
    }

    [Fact]
    public async Task Who_reads_on_in_time_is_brought_up_to_date_without_what_was_superseded()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        using var ended = Counted.Ended(newsroom.Nodes[0]);
        using var stopped = await Stranger.GreetAsync(newsroom.Tickers[0], Door.Plain, ReceiveBuffer);
        var at = (await stopped.AskAsync("Follow", newsroom.Feed)).GetProperty("result").GetProperty("position").GetString()!;
        Assert.True(Position.TryParse(at, out var position));

        for (var item = 0; item < 20; item++)
        {
            await newsroom.PublishAsync(Item($"Item {item}", kilobytes: 12));
        }

        var changed = await newsroom.PublishAsync(Item("Changed", kilobytes: 12));
        var gone = await newsroom.PublishAsync(Item("Gone", kilobytes: 12));
        const int Edits = 8;
        for (var edit = 1; edit <= Edits; edit++)
        {
            changed = await newsroom.EditAsync(changed, Item($"Changed {edit}", kilobytes: 12));
        }

        await newsroom.RetractAsync(gone);
        var list = await newsroom.ListAsync();
        var (seq, told) = (position.Seq, new List<Entry>());
        while (seq < list.Position.Seq)
        {
            var said = (await stopped.HearAsync())!.Value;
            Assert.Equal("Updated", said.GetProperty("target").GetString());
            var entry = Newsroom.Parse<Entry>(said.GetProperty("arguments")[0]);
            var previous = said.GetProperty("arguments")[1].GetInt64();
            Assert.True(previous <= seq && seq < entry.Seq, $"{entry.Seq} after {previous} came to one who stood at {seq}.");
            seq = entry.Seq;
            told.Add(entry);
        }

        var newest = told.GroupBy(entry => entry.Id).ToDictionary(states => states.Key, states => states.Last());
        Assert.Equal(list.Entries.ToDictionary(entry => entry.Id, entry => (entry.Seq, entry.Headline)), newest.ToDictionary(entry => entry.Key, entry => (entry.Value.Seq, entry.Value.Headline)));
        // It stopped before the first edit, so all but the last of them were superseded when it read on.
        Assert.Equal(["Changed " + Edits], told.Where(entry => entry.Id == changed.Id).Select(entry => entry.Headline));
        Assert.Equal([EntryStatus.Retracted], told.Where(entry => entry.Id == gone.Id).Select(entry => entry.Status));
        Assert.Equal(0, ended.Of("stalled"));
    }

    private static object Item(string headline, int kilobytes) => new { headline, body = new string('x', kilobytes * 1000) };
}
