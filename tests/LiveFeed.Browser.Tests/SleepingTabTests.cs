using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.Browser.Tests;

/// <summary>What readers find who come back to a tab, or a laptop, that slept.</summary>
public sealed class SleepingTabTests(Servers servers, Chromium chromium)
{
    private const string Unreachable = "WebSocket connection to .* failed|net::ERR_";

    [Theory, BothModes]
    public async Task A_laptop_that_slept_for_an_hour_wakes_to_a_page_that_is_whole(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var line = new Line(newsroom.Tickers[^1]);
        await using var tab = await chromium.OpenAsync(line.Address);
        tab.Expect(Unreachable);
        await tab.Page.Clock.InstallAsync();
        var first = await newsroom.PublishAsync("Before the sleep");
        var second = await newsroom.PublishAsync("To be withdrawn");
        await tab.GoLiveAsync(newsroom.Feed);
        Assert.Equal(1, await tab.OpenSocketsAsync());

        // The lid closes: the page stands still, and what was open leads nowhere though neither end is told.
        await SetAsync(tab, "frozen");
        await line.FallSilentAsync();
        await PublishMeanwhileAsync(newsroom, first, second);
        await SetAsync(tab, "active");
        await tab.Page.Clock.FastForwardAsync("01:00:00");

        await tab.StandsAsListedAsync(newsroom);
        await tab.HoldsNowhereAsync("To be withdrawn");
        await tab.IsLiveAsync();
        await newsroom.PublishAsync("After the sleep");
        await tab.StandsAsListedAsync(newsroom);
        await tab.HasOneSocketAsync();
    }

    [Theory, BothModes]
    public async Task A_tab_that_stood_still_takes_in_what_came_meanwhile_over_the_line_that_it_has(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        var first = await newsroom.PublishAsync("Before");
        var second = await newsroom.PublishAsync("To be withdrawn");
        await tab.GoLiveAsync(newsroom.Feed);

        await SetAsync(tab, "frozen");
        await PublishMeanwhileAsync(newsroom, first, second);
        await SetAsync(tab, "active");

        await tab.StandsAsListedAsync(newsroom);
        await tab.HoldsNowhereAsync("To be withdrawn");
        await tab.IsLiveAsync();
        Assert.Equal(1, tab.SocketsSoFar);
    }

    private static async Task PublishMeanwhileAsync(Newsroom newsroom, Contracts.Entry edited, Contracts.Entry withdrawn)
    {
        await newsroom.EditAsync(edited, new { headline = "Before, edited" });
        await newsroom.RetractAsync(withdrawn, "It did not happen.");
        for (var i = 1; i <= 5; i++)
        {
            await newsroom.PublishAsync($"Meanwhile {i}");
        }
    }

    // What the browser does with tabs that nobody looks at; it never does it to one with a WebSocket by itself.
    private static async Task SetAsync(Tab tab, string state)
    {
        var devTools = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        await devTools.SendAsync("Page.setWebLifecycleState", new Dictionary<string, object> { ["state"] = state });
        await devTools.DetachAsync();
    }
}
