using System.Net.WebSockets;
using System.Text;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.EndToEnd.Tests.Strangers;
using LiveFeed.Testing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>A hub call with wrong arguments gets an error that says why; the connection stays, and nobody else notices.</summary>
public sealed class RefusedHubCallsTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private static readonly Dictionary<string, (string Method, object?[] Arguments, string Says)> Calls = new()
    {
        ["no feed"] = ("Follow", [], "Follow takes a feed's slug"),
        ["a feed that is null"] = ("Follow", [null], "1 to 64 characters of a-z"),
        ["a number as feed"] = ("Follow", [7], "Follow takes a feed's slug"),
        ["a list as feed"] = ("Follow", [new[] { "a" }], "Follow takes a feed's slug"),
        ["an object as feed"] = ("Follow", [new Dictionary<string, int> { ["a"] = 1 }], "Follow takes a feed's slug"),
        ["an unknown feed"] = ("Follow", ["nowhere"], "no feed named 'nowhere'"),
        ["a bad slug"] = ("Follow", ["No_Slug"], "1 to 64 characters of a-z"),
        ["an empty slug"] = ("Follow", [""], "1 to 64 characters of a-z"),
        ["a slug with NUL"] = ("Follow", ["a\0"], "1 to 64 characters of a-z"),
        ["half a character as slug"] = ("Follow", ["\ud800"], "1 to 64 characters of a-z"),
        ["a malformed position"] = ("Follow", ["FEED", "seven"], "epoch:seq"),
        ["a position without an epoch"] = ("Follow", ["FEED", ":7"], "epoch:seq"),
        ["a position below zero"] = ("Follow", ["FEED", "epoch:-1"], "epoch:seq"),
        ["a position beyond all numbers"] = ("Follow", ["FEED", "epoch:99999999999999999999"], "epoch:seq"),
        ["a number as position"] = ("Follow", ["FEED", 7], "Follow takes a feed's slug"),
        ["too many arguments"] = ("Follow", ["FEED", "epoch:1", "more"], "Follow takes a feed's slug"),
        ["nothing to unfollow"] = ("Unfollow", [], "Unfollow takes a feed's slug"),
        ["nothing seen"] = ("Seen", ["FEED"], "Seen takes a feed's slug"),
        ["a confirmation without a position"] = ("Seen", ["FEED", null], "epoch:seq"),
        ["a confirmation of a malformed position"] = ("Seen", ["FEED", "seven"], "epoch:seq"),
        ["a time below zero"] = ("Seen", ["FEED", "epoch:1", 0, -5], "0 to 600000 milliseconds"),
        ["a time without what stood before"] = ("Seen", ["FEED", "epoch:1", null, 5], "0 to 600000 milliseconds"),
        ["a time that is a text"] = ("Seen", ["FEED", "epoch:1", 0, "soon"], "Seen takes a feed's slug"),
        ["a confirmation of what isn't followed"] = ("Seen", ["nowhere", "epoch:1"], "Follow the feed first"),
        ["a monitor of what isn't followed"] = ("Monitor", ["nowhere"], "Follow the feed first"),
        ["an unknown method"] = ("Publish", ["FEED"], "Publish"),
        ["a method of the hub's own"] = ("OnConnectedAsync", [], "OnConnectedAsync"),
        ["a method that ends it"] = ("Dispose", [], "Dispose"),
    };

    public static TheoryData<string, bool, Door> AllCalls { get; } =
        new(from call in Calls.Keys from binary in new[] { false, true } from door in Enum.GetValues<Door>() select (call, binary, door));

    [Theory, MemberData(nameof(AllCalls))]
    public async Task A_wrong_call_is_told_why_and_the_connection_stays(string call, bool messagePack, Door door)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var (method, arguments, says) = Calls[call];
        await using var hub = Connect(newsroom, messagePack, door);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        var connection = hub.ConnectionId;
        var pushed = 0;
        hub.On<object, long>("Updated", (_, _) => Interlocked.Increment(ref pushed));
        await FollowAsync(hub, newsroom);

        var failure = await Assert.ThrowsAsync<HubException>(() => hub.InvokeCoreAsync(
            method, typeof(object), [.. arguments.Select(argument => argument is "FEED" ? newsroom.Feed : argument)], TestContext.Current.CancellationToken));

        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", failure.Message, StringComparison.Ordinal);
        // The same connection goes on, and so does what it follows.
        await FollowAsync(hub, newsroom);
        await newsroom.PublishAsync("A good item");
        await Eventually.TrueAsync("the good item is pushed", () => Volatile.Read(ref pushed) == 1);
        Assert.Equal((HubConnectionState.Connected, connection), (hub.State, hub.ConnectionId));
    }

    [Theory, InlineData(Door.Plain), InlineData(Door.Negotiated)]
    public async Task One_connection_follows_a_bounded_number_of_feeds(Door door)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        using var refused = Counted.RefusedFollows(newsroom.Nodes[0]);
        await using var hub = Connect(newsroom, messagePack: false, door);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        var many = $"many-{door}".ToLowerInvariant();
        for (var i = 1; i <= 21; i++)
        {
            var body = new StringContent($$"""{"slug":"{{many}}-{{i}}"}""", Encoding.UTF8, "application/json");
            using var created = await newsroom.Desk.PostAsync(new Uri("/api/feeds", UriKind.Relative), body);
            created.EnsureSuccessStatusCode();
        }

        for (var i = 1; i <= 20; i++)
        {
            await hub.InvokeAsync<object>("Follow", $"{many}-{i}", TestContext.Current.CancellationToken);
        }

        var failure = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<object>("Follow", $"{many}-21", TestContext.Current.CancellationToken));
        Assert.Contains("at most 20 feeds", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1 too_many_feeds", refused.ToString());
        await hub.InvokeAsync("Unfollow", $"{many}-1", TestContext.Current.CancellationToken);
        await hub.InvokeAsync<object>("Follow", $"{many}-21", TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("{\"protocol\":\"json\",\"version\":1}\u001e", "not JSON at all\u001e")]
    [InlineData("{\"protocol\":\"json\",\"version\":1}\u001e", "{\"type\":\"one\"}\u001e")]
    [InlineData("{\"protocol\":\"json\",\"version\":1}\u001e", "{\"type\":1,\"target\":7,\"arguments\":[]}\u001e")]
    [InlineData("{\"protocol\":\"json\",\"version\":1}\u001e", "LONG")]
    [InlineData("{\"protocol\":\"pigeon\",\"version\":1}\u001e", "")]
    [InlineData("nonsense\u001e", "")]
    public async Task A_client_that_speaks_nonsense_is_cut_off_and_costs_only_itself(string handshake, string message)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var reader = await newsroom.FollowAsync();
        var cancellation = TestContext.Current.CancellationToken;
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(newsroom.Tickers[0]) { Scheme = "ws", Path = "/hubs/ticker" }.Uri;
        await socket.ConnectAsync(address, cancellation);

        await socket.SendAsync(Encoding.UTF8.GetBytes(handshake), WebSocketMessageType.Text, true, cancellation);
        if (message.Length > 0)
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(message == "LONG" ? new string('x', 100_000) : message), WebSocketMessageType.Text, true, cancellation);
        }

        await CutOffAsync(socket, cancellation);
        var seen = reader.Seen.Count;
        var good = await newsroom.PublishAsync("A good item");
        await reader.SeesAsync(good);
        Assert.Equal(seen + 1, reader.Seen.Count);
    }

    private static async Task CutOffAsync(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, cancellation)).MessageType is not WebSocketMessageType.Close)
            {
                // What the server says before it closes, if anything.
            }
        }
        catch (WebSocketException)
        {
            // Cut without a word: that's enough for nonsense.
        }
    }

    private static async Task FollowAsync(HubConnection hub, Newsroom newsroom) =>
        Assert.NotNull(await hub.InvokeAsync<object>("Follow", newsroom.Feed, TestContext.Current.CancellationToken));

    private static HubConnection Connect(Newsroom newsroom, bool messagePack, Door door)
    {
        var builder = new HubConnectionBuilder().WithHub(newsroom.Tickers[0], door);
        if (messagePack)
        {
            builder.AddMessagePackProtocol();
        }
        else
        {
            builder.AddJsonProtocol(options => Wire.Configure(options.PayloadSerializerOptions));
        }

        return builder.Build();
    }
}
