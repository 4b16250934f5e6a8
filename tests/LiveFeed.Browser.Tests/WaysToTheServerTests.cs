using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What readers see where not every way to the server is open.</summary>
public sealed class WaysToTheServerTests(Servers servers, Chromium chromium)
{
    // What Chromium itself says of a way that is closed.
    private const string Closed = "WebSocket (connection to .* failed|is closed before)|net::ERR_";

    // Notes what the page tells of itself; and of the random waits only the beginning is waited for.
    private const string Witness =
        """
        Math.random = () => 0.02;
        window.changes = [];
        window.words = [];
        addEventListener('live-feed:changed', e => window.changes.push(`${e.detail.entry.headline ?? 'withdrawn'}@${e.detail.entry.seq}`));
        addEventListener('DOMContentLoaded', () => {
          const status = document.querySelector('live-feed > .feed-status');
          new MutationObserver(() => window.words.push(status.textContent)).observe(status, { childList: true });
        });
        """;

    [Fact]
    public async Task Where_no_WebSocket_can_be_had_a_stream_brings_the_news_then_polling_and_then_the_WebSocket_again()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var line = new Line(newsroom.Tickers[0]) { WebSockets = WebSockets.Refused };
        await using var tab = await chromium.OpenAsync(line.Address);
        tab.Expect(Closed);
        await tab.Page.AddInitScriptAsync(Witness);
        var first = await newsroom.PublishAsync("First");
        await tab.GoLiveAsync(newsroom.Feed);
        await ComesByAsync(tab, "stream");
        await newsroom.PublishAsync("By stream");
        await newsroom.EditAsync(first, new { headline = "First, edited" });
        await tab.ShowsAsync("By stream", "First, edited");

        await tab.Page.RouteAsync("**/stream*", route => route.AbortAsync());
        line.Cut();
        var during = await newsroom.PublishAsync("During the break");
        line.Mend();
        await ComesByAsync(tab, "poll");
        await Expect(tab.Status).ToHaveTextAsync(new Regex("^Checked every few seconds, last at "));
        await newsroom.PublishAsync("By polling");
        await newsroom.RetractAsync(during);
        await tab.ShowsAsync("By polling", "By stream", "First, edited");

        await tab.Page.EvaluateAsync("() => { window.words = []; }");
        await tab.Page.UnrouteAllAsync();
        line.WebSockets = WebSockets.Pass;
        await ComesByAsync(tab, "socket");
        await tab.IsLiveAsync();
        await newsroom.PublishAsync("By WebSocket");
        await tab.ShowsAsync("By WebSocket", "By polling", "By stream", "First, edited");

        // Going over to a better way is no break, and tells nothing twice.
        Assert.All(await tab.Page.EvaluateAsync<string[]>("() => window.words"), word => Assert.StartsWith("Up to date as of ", word, StringComparison.Ordinal));
        Assert.Equal(
            ["By stream@2", "First, edited@3", "During the break@4", "By polling@5", "withdrawn@6", "By WebSocket@7"],
            await tab.Page.EvaluateAsync<string[]>("() => window.changes"));
    }

    [Fact]
    public async Task A_WebSocket_that_nobody_answers_is_not_waited_for()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var line = new Line(newsroom.Tickers[0]) { WebSockets = WebSockets.Unanswered };
        await using var tab = await chromium.OpenAsync(line.Address);
        tab.Expect(Closed);
        await tab.GoLiveAsync(newsroom.Feed);
        await newsroom.PublishAsync("By stream");
        await tab.ShowsAsync("By stream");
        await ComesByAsync(tab, "stream");
    }

    private static Task ComesByAsync(Tab tab, string way) => Expect(tab.Status).ToHaveAttributeAsync("data-line", new Regex($"^{way}$"));
}
