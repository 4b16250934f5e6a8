using System.Text;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>What the two doors into the hub answer to the letter of the protocols: the same, or what is said here.</summary>
public sealed class ConversationTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private const string Ping = "{\"type\":6}\u001e";

    [Theory]
    [InlineData(Door.Plain, "json", 99)]
    [InlineData(Door.Negotiated, "json", 99)]
    [InlineData(Door.Plain, "messagepack", 99)]
    [InlineData(Door.Negotiated, "messagepack", 99)]
    [InlineData(Door.Plain, "pigeon", 1)]
    [InlineData(Door.Negotiated, "pigeon", 1)]
    public async Task A_protocol_that_is_not_spoken_is_refused_with_the_reason(Door door, string protocol, int version)
    {
        using var stranger = await OpenAsync(door);

        await stranger.SayAsync(Stranger.Hello(protocol, version));

        var answer = (await stranger.HearAsync())!.Value;
        Assert.NotEmpty(answer.GetProperty("error").GetString()!);
        Assert.Null(await stranger.HearAsync());
        Assert.NotNull(stranger.CloseCode);
    }

    [Theory, InlineData(Door.Plain), InlineData(Door.Negotiated)]
    public async Task A_handshake_may_come_in_fragments(Door door)
    {
        using var stranger = await OpenAsync(door);
        var hello = Encoding.UTF8.GetBytes(Stranger.Hello());

        await stranger.SendAsync(ClientFrame.Of(ClientFrame.Text, hello[..9], isFinal: false));
        await stranger.SendAsync(ClientFrame.Of(ClientFrame.Ping, [1]));
        await stranger.SendAsync(ClientFrame.Of(0, hello[9..9], isFinal: false));
        await stranger.SendAsync(ClientFrame.Of(0, hello[9..]));

        Assert.Equal((ClientFrame.Pong, "\u0001"), await stranger.ReadTextAsync());
        Assert.Equal((ClientFrame.Text, "{}\u001e"), await stranger.ReadTextAsync());
    }

    /// <summary>SignalR takes it; no client does it, and the push's own door reads messages, not a stream.</summary>
    [Fact]
    public async Task A_handshake_in_two_messages_is_refused_with_the_reason()
    {
        using var stranger = await OpenAsync(Door.Plain);

        await stranger.SayAsync(Stranger.Hello()[..9]);
        await stranger.SayAsync(Stranger.Hello()[9..]);

        Assert.Null(await stranger.HearAsync());
        Assert.Equal((1002, "What was sent is no message of the hub's protocol."), (stranger.CloseCode, stranger.CloseText));
    }

    [Theory]
    [InlineData(Door.Plain, "nonsense\u001e")]
    [InlineData(Door.Negotiated, "nonsense\u001e")]
    [InlineData(Door.Plain, "{\"protocol\":7,\"version\":1}\u001e")]
    [InlineData(Door.Negotiated, "{\"protocol\":7,\"version\":1}\u001e")]
    [InlineData(Door.Plain, "{\"protocol\":\"\\ud800\",\"version\":1}\u001e")]
    [InlineData(Door.Plain, "{\"protocol\":\"json\",\"version\":1.5}\u001e")]
    public async Task A_handshake_that_is_none_ends_the_connection(Door door, string handshake)
    {
        using var ended = Counted.Ended((await newsrooms.InAsync(Mode.Embedded)).Nodes[0]);
        using var stranger = await OpenAsync(door);

        await stranger.SayAsync(handshake);

        await stranger.HearOutAsync();
        Assert.Equal(door is Door.Plain ? 1002 : 1000, stranger.CloseCode);
        Assert.Equal(0, ended.Of("failed"));
    }

    [Theory, InlineData(Door.Plain), InlineData(Door.Negotiated)]
    public async Task A_ping_is_answered_with_what_it_carries(Door door)
    {
        using var stranger = await GreetAsync(door);

        await stranger.SendAsync(ClientFrame.Of(ClientFrame.Pong, [7]));
        await stranger.SayAsync(Ping);
        foreach (var text in new[] { "", "Still there?", new string('x', 125) })
        {
            await stranger.SendAsync(ClientFrame.Of(ClientFrame.Ping, Encoding.UTF8.GetBytes(text)));
            (int Code, string Text) said;
            do
            {
                said = await stranger.ReadTextAsync();
            }
            while (said.Text == Ping);
            Assert.Equal((ClientFrame.Pong, text), said);
        }
    }

    [Theory, InlineData(Door.Plain), InlineData(Door.Negotiated)]
    public async Task A_good_bye_is_answered_and_the_line_ends(Door door)
    {
        using var stranger = await GreetAsync(door);
        await stranger.AskAsync("Follow", (await newsrooms.InAsync(Mode.Embedded)).Feed);

        await stranger.SendAsync(ClientFrame.Of(ClientFrame.Close, [0x03, 0xE8]));

        await stranger.HearOutAsync();
        Assert.Equal((1000, false), (stranger.CloseCode, stranger.WasReset));
    }

    [Theory, InlineData(Door.Plain), InlineData(Door.Negotiated)]
    public async Task A_message_of_1024_bytes_is_taken_and_one_byte_more_is_not(Door door)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var feed = newsroom.Feed;
        using var ended = Counted.Ended(newsroom.Nodes[0], door);
        using var stranger = await GreetAsync(door);
        var call = Stranger.Call("Follow", feed);

        await stranger.SayAsync(new string(' ', 1024 - call.Length) + call);
        var answer = (await stranger.HearAsync())!.Value;
        Assert.Equal(feed, answer.GetProperty("result").GetProperty("feed").GetString());

        await stranger.SayAsync(new string(' ', 1025 - call.Length) + call);
        var last = (await stranger.HearOutAsync())!.Value;
        Assert.Equal(7, last.GetProperty("type").GetInt32());
        Assert.Equal("A message has at most 1024 bytes.", last.GetProperty("error").GetString());
        Assert.False(last.TryGetProperty("allowReconnect", out _));
        Assert.Equal(door is Door.Plain ? 1009 : 1000, stranger.CloseCode);
        await Eventually.TrueAsync("the reason is counted", () => ended.Of("message_too_long") == 1);
    }

    [Theory, InlineData(Door.Plain), InlineData(Door.Negotiated)]
    public async Task A_message_that_is_none_ends_the_connection_with_the_reason(Door door)
    {
        using var ended = Counted.Ended((await newsrooms.InAsync(Mode.Embedded)).Nodes[0], door);
        using var stranger = await GreetAsync(door);

        await stranger.SayAsync("nonsense\u001e");

        var last = (await stranger.HearOutAsync())!.Value;
        Assert.Equal("What was sent is no message of the hub's protocol.", last.GetProperty("error").GetString());
        Assert.False(last.TryGetProperty("allowReconnect", out _));
        await Eventually.TrueAsync("the reason is counted", () => ended.Of("malformed") == 1);
    }

    /// <summary>A fragment costs the sender six bytes, and us a copy of all that came before it.</summary>
    [Fact]
    public async Task A_message_in_endless_fragments_ends_the_connection()
    {
        using var stranger = await GreetAsync(Door.Plain);

        await stranger.SendAsync(ClientFrame.Of(ClientFrame.Text, [.. "x"u8], isFinal: false));
        await stranger.SendAsync(Enumerable.Repeat(ClientFrame.Of(0, [], isFinal: false), 1_000).SelectMany(frame => frame).ToArray());

        await stranger.HearOutAsync();
        Assert.Equal(1008, stranger.CloseCode);
    }

    private async Task<Stranger> OpenAsync(Door door)
    {
        var stranger = await Stranger.ConnectAsync((await newsrooms.InAsync(Mode.Embedded)).Tickers[0]);
        await stranger.OpenAsync(door);
        return stranger;
    }

    private async Task<Stranger> GreetAsync(Door door) => await Stranger.GreetAsync((await newsrooms.InAsync(Mode.Embedded)).Tickers[0], door);
}
