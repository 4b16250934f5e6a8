using System.Net;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>Behind the proxy of a real installation, readers come by the push's own door too, and count by their own addresses.</summary>
public sealed class ProxyTests(Servers servers)
{
    [Fact]
    public async Task Readers_behind_nginx_are_pushed_to_and_counted_by_their_own_address()
    {
        Assert.SkipUnless(NginxProxy.IsInstalled, "There is no nginx here.");
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, settings: new Dictionary<string, string>
        {
            ["ForwardedHeaders_Enabled"] = "true",
            ["LiveFeed:Limits:ReadersPerAddress"] = "2",
        });
        await using var proxy = await NginxProxy.StartAsync(newsroom.Tickers[0]);
        using var ended = Counted.Ended(newsroom.Nodes[0]);
        // nginx keeps the connections that these came over, and would hand them to whoever comes next.
        using var http = Newsroom.Client(proxy.Address);
        for (var request = 0; request < 3; request++)
        {
            using var answer = await http.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}/entries?limit={request + 1}", UriKind.Relative));
            answer.EnsureSuccessStatusCode();
        }

        await using (var official = await Reader.OpenAsync(proxy.Address, newsroom.Feed))
        await using (var negotiated = await Reader.OpenAsync(proxy.Address, newsroom.Feed, door: Door.Negotiated))
        {
            var published = await newsroom.PublishAsync("An item");
            await official.SeesAsync(published);
            await negotiated.SeesAsync(published);

            Assert.StartsWith("HTTP/1.1 429 ", await AskAsync(proxy.Address, IPAddress.Loopback), StringComparison.Ordinal);
            Assert.StartsWith("HTTP/1.1 101 ", await AskAsync(proxy.Address, IPAddress.Parse("127.0.0.2")), StringComparison.Ordinal);
        }

        await Eventually.TrueAsync("both who came at once had come by the push's own door", () => ended.Of("gone") == 2);
    }

    private static async Task<string> AskAsync(Uri proxy, IPAddress from)
    {
        using var stranger = await Stranger.ConnectAsync(proxy, from: from);
        // nginx counts by who it sees, whatever they say.
        await stranger.SendAsync(Stranger.Request(Door.Plain, "X-Forwarded-For: 192.0.2.1"));
        return await stranger.ReadHeadAsync();
    }
}
