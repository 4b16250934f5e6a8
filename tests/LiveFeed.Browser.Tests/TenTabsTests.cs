using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;

namespace LiveFeed.Browser.Tests;

/// <summary>What a reader sees who has the same feed open many times. A browser's connections to one server are few, and shared by its tabs.</summary>
public sealed class TenTabsTests(Servers servers, Chromium chromium)
{
    private const string Unreachable = "WebSocket (connection to .* failed|is closed before)|net::ERR_";

    [Theory, BothModes]
    public async Task Ten_tabs_are_all_whole_after_a_cut_too_on_one_socket_each(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var line = new Line(newsroom.Tickers[^1]);
        var first = await newsroom.PublishAsync("First");
        var tabs = await OpenTenAsync(line, newsroom);
        Assert.All(tabs, tab => Assert.Equal(1, tab.SocketsSoFar));
        await newsroom.EditAsync(first, new { headline = "First, edited" });
        await AllAreWholeAsync(tabs, newsroom);

        line.Cut();
        var withdrawn = await newsroom.PublishAsync("To be withdrawn");
        await newsroom.PublishAsync("During the break");
        await newsroom.RetractAsync(withdrawn);
        line.Mend();
        await AllAreWholeAsync(tabs, newsroom);
        await newsroom.PublishAsync("After the break");
        await AllAreWholeAsync(tabs, newsroom);
        await Task.WhenAll(tabs.Select(tab => tab.HasOneSocketAsync()));
        await CloseAsync(tabs);
    }

    [Theory, BothModes]
    public async Task Ten_tabs_are_all_whole_where_no_WebSocket_can_be_had(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var line = new Line(newsroom.Tickers[^1]) { WebSockets = WebSockets.Refused };
        await newsroom.PublishAsync("First");
        var tabs = await OpenTenAsync(line, newsroom);
        await newsroom.PublishAsync("Second");
        await AllAreWholeAsync(tabs, newsroom);
        await CloseAsync(tabs);
    }

    private async Task<IReadOnlyList<Tab>> OpenTenAsync(Line line, Newsroom newsroom)
    {
        var tabs = new List<Tab> { await chromium.OpenAsync(line.Address) };
        while (tabs.Count < 10)
        {
            tabs.Add(await tabs[0].OpenAnotherAsync());
        }

        foreach (var tab in tabs)
        {
            tab.Expect(Unreachable);
            await tab.GoAsync($"/{newsroom.Feed}");
        }

        await Task.WhenAll(tabs.Select(tab => Assertions.Expect(tab.Status).ToHaveAttributeAsync("data-line", new Regex("socket|stream|poll"))));
        await AllAreWholeAsync(tabs, newsroom);
        return tabs;
    }

    private static Task AllAreWholeAsync(IEnumerable<Tab> tabs, Newsroom newsroom) => Task.WhenAll(tabs.Select(tab => tab.StandsAsListedAsync(newsroom)));

    // The first holds what they share, so it goes last.
    private static async Task CloseAsync(IReadOnlyList<Tab> tabs)
    {
        foreach (var tab in tabs.Reverse())
        {
            await tab.DisposeAsync();
        }
    }
}
