using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What readers see when the line breaks under their open page, and when it comes back.</summary>
public sealed class BreakTests(Servers servers, Chromium chromium)
{
    // What Chromium itself says of a line that is not there.
    private const string Unreachable = "WebSocket connection to .* failed|net::ERR_";

    [Fact]
    public async Task A_cut_line_is_told_in_words_and_nothing_is_missed()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var line = new Line(newsroom.Tickers[0]);
        await using var tab = await chromium.OpenAsync(line.Address);
        tab.Expect(Unreachable);
        var first = await newsroom.PublishAsync("Before the break");
        var second = await newsroom.PublishAsync("To be withdrawn");
        await tab.GoLiveAsync(newsroom.Feed);

        line.Cut();
        await Expect(tab.Status).ToHaveTextAsync("Reconnecting…");
        await newsroom.EditAsync(first, new { headline = "Before the break, edited" });
        await newsroom.RetractAsync(second);
        for (var i = 1; i <= 25; i++)
        {
            await newsroom.PublishAsync($"During the break {i}");
        }

        await Expect(tab.Status).ToHaveTextAsync(new Regex(@"^Offline: showing \d\d:\d\d:\d\d$"));
        line.Mend();
        await tab.StandsAsListedAsync(newsroom);
        await tab.IsLiveAsync();

        await newsroom.PublishAsync("After the break");
        await Expect(tab.Item("After the break")).ToBeVisibleAsync();
        await tab.StandsAsListedAsync(newsroom);
    }

    [Fact]
    public async Task A_browser_without_network_says_so_and_catches_up_as_soon_as_it_has_one()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        tab.Expect(Unreachable);
        var first = await newsroom.PublishAsync("Before");
        await tab.GoLiveAsync(newsroom.Feed);

        await tab.SetOfflineAsync(true);
        await Expect(tab.Status).ToHaveTextAsync("Reconnecting…");
        await newsroom.EditAsync(first, new { headline = "Before, edited" });
        await newsroom.PublishAsync("Meanwhile");
        await tab.SetOfflineAsync(false);

        await tab.ShowsAsync("Meanwhile", "Before, edited");
        await tab.IsLiveAsync();
    }

    [Fact]
    public async Task A_node_that_stops_and_comes_back_is_found_again()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        var settings = new Dictionary<string, string>(newsroom.Settings) { ["LiveFeed:Roles"] = "ticker" };
        var port = FreePort.Next();
        await using var before = await Node.StartAsync(settings, port);
        await using var tab = await chromium.OpenAsync(before.Address);
        tab.Expect(Unreachable);
        var first = await newsroom.PublishAsync("Before");
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.ShowsAsync("Before");

        await before.DisposeAsync();
        await Expect(tab.Status).ToHaveTextAsync(new Regex("^(Reconnecting…|Offline: .*)$"));
        await newsroom.EditAsync(first, new { headline = "Before, edited" });
        await newsroom.PublishAsync("Meanwhile");

        await using var after = await Node.StartAsync(settings, port);
        await tab.ShowsAsync("Meanwhile", "Before, edited");
        await tab.IsLiveAsync();
        await newsroom.PublishAsync("After");
        await tab.ShowsAsync("After", "Meanwhile", "Before, edited");
        before.Log.AssertNoErrors();
        after.Log.AssertNoErrors();
    }
}
