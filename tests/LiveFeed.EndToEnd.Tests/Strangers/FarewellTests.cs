using System.Diagnostics;
using System.Net;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>A node that is asked to end sends its readers on, tells them everything until they have gone, and ends soon.</summary>
public sealed class FarewellTests(Servers servers)
{
    [Fact]
    public async Task Readers_of_a_node_that_goes_away_are_sent_on_and_miss_nothing()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        await using var node = await NodeProcess.StartAsync(newsroom, new Dictionary<string, string> { ["LiveFeed:Roles"] = "ticker" });
        var leaving = node.Address;
        await using var mover = await Reader.OpenAsync(leaving, newsroom.Feed);
        using var goer = await FollowAsync(leaving, newsroom.Feed);
        using var stayer = await FollowAsync(leaving, newsroom.Feed);
        // Newly come, and not heard of yet: it isn't lost either.
        using var silent = await Stranger.ConnectAsync(leaving);
        await silent.OpenAsync(Door.Plain);
        var published = new List<Entry> { await newsroom.PublishAsync("Before") };
        Assert.Equal("Before", Headline(await stayer.HearAsync()));

        var asked = Stopwatch.StartNew();
        await node.AskToEndAsync();
        Assert.InRange(await SentAwayAsync(goer), 0, 6000);
        var goes = GoAsync(goer);
        Assert.InRange(await SentAwayAsync(stayer), 0, 6000);
        var publishing = PublishUntilAsync(node.Process);
        var moving = mover.MoveAsync(newsroom.Tickers[0]);
        using var refused = await node.Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/hubs/ticker/negotiate?negotiateVersion=1"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (refused.StatusCode, await node.ReadyAsync()));
        Assert.Equal(1, refused.Headers.RetryAfter?.Delta?.TotalSeconds);

        // Who goes has gone before the last ones are sent off.
        await goes;
        Assert.False(stayer.CloseCode is not null);
        var meanwhile = new List<string?>();
        JsonElement? said;
        while ((said = await stayer.HearAsync()) is { } change && change.GetProperty("type").GetInt32() == 1)
        {
            meanwhile.Add(Headline(change));
        }

        Assert.Equal((7, true), (said?.GetProperty("type").GetInt32(), said?.GetProperty("allowReconnect").GetBoolean()));
        Assert.Null(await stayer.HearAsync());
        Assert.Equal(1001, stayer.CloseCode);
        await silent.EndAsync();
        await node.EndsAsync(TimeSpan.FromSeconds(10) - asked.Elapsed);

        await moving;
        published.AddRange(await publishing);
        published.Add(await newsroom.PublishAsync("After"));
        await mover.SeesAsync(published[^1]);
        Assert.Equal(published.Select(entry => entry.Headline), mover.Seen.Select(entry => entry.Headline));
        Assert.Equal(1, mover.Resets);
        Assert.NotEmpty(meanwhile);
        Assert.Equal(published.Skip(1).Take(meanwhile.Count).Select(entry => entry.Headline), meanwhile);

        async Task<List<Entry>> PublishUntilAsync(Process ended)
        {
            var during = new List<Entry>();
            while (!ended.HasExited)
            {
                during.Add(await newsroom.PublishAsync($"Meanwhile {during.Count}"));
            }

            return during;
        }
    }

    [Fact]
    public async Task Readers_who_came_the_other_ways_are_sent_on_before_the_node_stops()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        await using var node = await NodeProcess.StartAsync(newsroom, new Dictionary<string, string> { ["LiveFeed:Roles"] = "ticker" });
        using var goer = await FollowAsync(node.Address, newsroom.Feed, Door.Negotiated);
        using var stayer = await FollowAsync(node.Address, newsroom.Feed, Door.Negotiated);
        using var stream = new StreamReader(await node.Http.GetStreamAsync(new Uri($"/api/feeds/{newsroom.Feed}/stream", UriKind.Relative)));
        string? line;
        while ((line = await stream.ReadLineAsync()) is not "event: reset")
        {
            Assert.NotNull(line);
        }

        var asked = Stopwatch.StartNew();
        await node.AskToEndAsync();
        Assert.InRange(await SentAwayAsync(goer), 0, 6000);
        await GoAsync(goer);
        Assert.InRange(await SentAwayAsync(stayer), 0, 6000);
        // At a moment of its own, so the reader may come back soon.
        Assert.EndsWith("\n\nretry: 500\n\n", await stream.ReadToEndAsync(), StringComparison.Ordinal);

        // Whoever doesn't understand is closed at last, and asked back as well.
        var last = await stayer.HearOutAsync();
        Assert.Equal((7, true), (last?.GetProperty("type").GetInt32(), last?.GetProperty("allowReconnect").GetBoolean()));
        await node.EndsAsync(TimeSpan.FromSeconds(10) - asked.Elapsed);
    }

    private static async Task<Stranger> FollowAsync(Uri node, string feed, Door door = Door.Plain)
    {
        var stranger = await Stranger.GreetAsync(node, door);
        await stranger.AskAsync("Follow", feed);
        return stranger;
    }

    private static string? Headline(JsonElement? said) => said?.GetProperty("arguments")[0].GetProperty("headline").GetString();

    private static async Task<long> SentAwayAsync(Stranger stranger)
    {
        while (await stranger.HearAsync() is { } said)
        {
            if (said.GetProperty("target").GetString() == "Reconnect")
            {
                return said.GetProperty("arguments")[0].GetInt64();
            }
        }

        throw new IOException("It wasn't sent away: the line ended.");
    }

    private static async Task GoAsync(Stranger stranger)
    {
        await stranger.SendAsync(ClientFrame.Of(ClientFrame.Close, [0x03, 0xE8]));
        await stranger.HearOutAsync();
        Assert.Equal(1000, stranger.CloseCode);
    }
}
