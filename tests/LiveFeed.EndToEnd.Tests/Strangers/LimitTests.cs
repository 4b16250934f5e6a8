using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>A node takes so many readers, and so many from one address, whichever way they come; the others are told when to try again.</summary>
public sealed class LimitTests(Servers servers)
{
    /// <summary>How a reader comes.</summary>
    public enum Way
    {
        /// <summary>A WebSocket at once.</summary>
        Plain,

        /// <summary>SignalR's negotiation first.</summary>
        Negotiated,

        /// <summary>Server-sent events.</summary>
        Stream,
    }

    private static readonly Refusal Full = new(503, "no-room", "as many readers as it takes");
    private static readonly Refusal TooManyFromThere = new(429, "no-room", "Too many connections come from your address");

    public static TheoryData<Way> Ways { get; } = [.. Enum.GetValues<Way>()];

    [Theory, MemberData(nameof(Ways))]
    public async Task A_full_node_turns_readers_away_until_one_leaves(Way way)
    {
        await using var newsroom = await OpenAsync("Readers");
        using var counted = Counted.Refused(newsroom.Nodes[0]);
        // One of the other ways, too: all of them take from the same room.
        var first = await EnterAsync(newsroom, way);
        await using var second = await EnterAsync(newsroom, way is Way.Stream ? Way.Plain : Way.Stream);

        foreach (var other in Ways)
        {
            await RefusedAsync(newsroom, other, Full);
        }

        await first.DisposeAsync();
        await using var third = await Eventually.ReadsAsync("a place is free again", _ => EnterAsync(newsroom, way), _ => true);
        await RefusedAsync(newsroom, way, Full);
        Assert.True(counted.Of("full") >= 4, counted.ToString());
    }

    [Theory]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Who_is_in_is_heard_on_a_full_node(HttpTransportType transport)
    {
        await using var newsroom = await OpenAsync("Readers");
        await using var other = await EnterAsync(newsroom, Way.Stream);
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(newsroom.Tickers[0], "/hubs/ticker"), options => options.Transports = transport).Build();
        await hub.StartAsync();
        await RefusedAsync(newsroom, Way.Plain, Full);

        // Without a WebSocket each call is a request of its own.
        Assert.NotNull(await hub.InvokeAsync<object>("Follow", newsroom.Feed));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task One_address_has_so_many_readers_and_leaves_room_for_others(Way way)
    {
        await using var newsroom = await OpenAsync("ReadersPerAddress");
        using var counted = Counted.Refused(newsroom.Nodes[0]);
        // An IPv6 subscriber has 64 bits of addresses, and is still one. What comes before the last comma anybody may have written.
        var first = await EnterAsync(newsroom, way, "2001:db8:0:1::1");
        await using var second = await EnterAsync(newsroom, way is Way.Stream ? Way.Plain : Way.Stream, "192.0.2.7, 2001:db8:0:1:ffff:ffff:0:2");
        const string Third = "[2001:db8:0:1::3]:4711";

        foreach (var other in Ways)
        {
            await RefusedAsync(newsroom, other, TooManyFromThere, Third);
        }

        var others = new List<IAsyncDisposable>();
        // Another network, an address of IPv4 in both of its forms, and this machine itself, which isn't counted.
        foreach (var address in new[] { "2001:db8:0:2::1", "192.0.2.7", "::ffff:192.0.2.7", null, null, null })
        {
            others.Add(await EnterAsync(newsroom, way, address));
        }

        await RefusedAsync(newsroom, way, TooManyFromThere, "192.0.2.7");
        await first.DisposeAsync();
        await using var third = await Eventually.ReadsAsync("a place is free again", _ => EnterAsync(newsroom, way, Third), _ => true);
        await RefusedAsync(newsroom, way, TooManyFromThere, Third);
        Assert.True(counted.Of("address") >= 5, counted.ToString());
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }
    }

    private async Task<Newsroom> OpenAsync(string limit) => await Newsroom.OpenAsync(servers, Mode.Embedded, settings: new Dictionary<string, string>
    {
        [$"LiveFeed:Limits:{limit}"] = "2",
        // What ASPNETCORE_FORWARDEDHEADERS_ENABLED sets.
        ["ForwardedHeaders_Enabled"] = "true",
    });

    private static async Task<IAsyncDisposable> EnterAsync(Newsroom newsroom, Way way, string? forwardedFor = null)
    {
        if (way is Way.Stream)
        {
            var stream = new OpenStream(Newsroom.Client(newsroom.Tickers[0]));
            await stream.OpenAsync(Request(newsroom, way, forwardedFor));
            return stream;
        }

        var hub = new HubConnectionBuilder().WithUrl(new Uri(newsroom.Tickers[0], "/hubs/ticker"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = way is Way.Plain;
            if (forwardedFor is not null)
            {
                options.Headers["X-Forwarded-For"] = forwardedFor;
            }
        }).Build();
        try
        {
            await hub.StartAsync();
            await hub.InvokeAsync<object>("Follow", newsroom.Feed);
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    private static async Task RefusedAsync(Newsroom newsroom, Way way, Refusal refusal, string? forwardedFor = null)
    {
        // A connection of its own: the push's own door looks at the first request alone.
        using var client = Newsroom.Client(newsroom.Tickers[0]);
        using var request = Request(newsroom, way, forwardedFor);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(refusal.Status, (int)answer.StatusCode);
        await refusal.CheckAsync(answer);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    private static HttpRequestMessage Request(Newsroom newsroom, Way way, string? forwardedFor)
    {
        var request = way switch
        {
            Way.Plain => new HttpRequestMessage(HttpMethod.Get, "/hubs/ticker")
            {
                Headers =
                {
                    { "Connection", "Upgrade" }, { "Upgrade", "websocket" }, { "Sec-WebSocket-Version", "13" },
                    { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" },
                },
            },
            Way.Negotiated => new HttpRequestMessage(HttpMethod.Post, "/hubs/ticker/negotiate?negotiateVersion=1"),
            _ => new HttpRequestMessage(HttpMethod.Get, $"/api/feeds/{newsroom.Feed}/stream"),
        };
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        return request;
    }

    private sealed class OpenStream(HttpClient client) : IAsyncDisposable
    {
        private HttpResponseMessage? response;

        public async Task OpenAsync(HttpRequestMessage request)
        {
            using (request)
            {
                response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                response.EnsureSuccessStatusCode();
            }
        }

        public ValueTask DisposeAsync()
        {
            response?.Dispose();
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
