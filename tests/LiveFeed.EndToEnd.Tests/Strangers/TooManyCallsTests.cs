using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>Who calls more than anybody needs is told so and closed, at either door; nobody else notices.</summary>
public sealed class TooManyCallsTests(Servers servers)
{
    private const int Calls = 50_000;

    [Theory]
    [InlineData(Door.Plain, 1)]
    [InlineData(Door.Plain, 10)]
    [InlineData(Door.Negotiated, 1)]
    [InlineData(Door.Negotiated, 10)]
    public async Task Too_many_calls_at_once_end_the_connection_with_the_reason(Door door, int callsAMessage)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        using var ended = Counted.Ended(newsroom.Nodes[0], door);
        await using var plain = await Witness.OpenAsync(newsroom, Door.Plain);
        await using var negotiated = await Witness.OpenAsync(newsroom, Door.Negotiated);
        var message = ClientFrame.Of(string.Concat(Enumerable.Repeat(Stranger.Call("Follow", newsroom.Feed), callsAMessage)));
        byte[] calls = [.. Enumerable.Repeat(message, Calls / callsAMessage).SelectMany(bytes => bytes)];

        // Again and again where it is ours to tell the reason: a line that is closed with calls unread loses it now and then.
        var callers = door is Door.Plain ? 20 : 1;
        for (var number = 1; number <= callers; number++)
        {
            using var caller = await Stranger.GreetAsync(newsroom.Tickers[0], door);
            var calling = CallAsync(caller, calls);
            var last = await caller.HearOutAsync();
            await calling;

            Assert.Equal((number, 7), (number, last?.GetProperty("type").GetInt32()));
            Assert.StartsWith("Too many calls", last?.GetProperty("error").GetString(), StringComparison.Ordinal);
            // Whoever comes back at once to call as much again is not invited to.
            Assert.False(last?.TryGetProperty("allowReconnect", out _));
            Assert.NotNull(caller.CloseCode);
            Assert.False(door is Door.Plain && caller.WasReset);
        }

        await Eventually.TrueAsync("each end is counted", () => ended.Of("too_many_calls") == callers);
        var published = await newsroom.PublishAsync("An item");
        await plain.SeesAsync(published);
        await negotiated.SeesAsync(published);
        plain.HasSeen([published]);
        negotiated.HasSeen([published]);
    }

    [Theory, InlineData(Door.Plain), InlineData(Door.Negotiated)]
    public async Task Who_comes_back_to_twenty_feeds_and_pings_is_welcome(Door door)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        using var reader = await Stranger.GreetAsync(newsroom.Tickers[0], door);

        for (var calls = 0; calls < 40; calls++)
        {
            await reader.SayAsync("{\"type\":6}\u001e");
            Assert.False((await reader.AskAsync("Follow", newsroom.Feed)).TryGetProperty("error", out _));
        }
    }

    private static async Task CallAsync(Stranger caller, byte[] calls)
    {
        try
        {
            await caller.SendAsync(calls);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The node has stopped listening.
        }
    }
}
