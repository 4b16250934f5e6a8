using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>When something was published, as its reader understands it best.</summary>
public sealed class TimesTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task The_last_hour_is_said_in_minutes_and_the_clock_says_the_rest(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        // A line that was silent for so long is left for another.
        tab.Expect("WebSocket is already in CLOSING");
        await tab.Page.Clock.InstallAsync();
        var time = tab.Item("Bridge closed").Locator("time.entry-published");
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(time).ToHaveTextAsync("now");

        await tab.Page.Clock.FastForwardAsync("05:10");
        await Expect(time).ToHaveTextAsync(new Regex("^[56] min ago$"));
        await Expect(time).ToHaveAttributeAsync("title", new Regex(@"\d\d:\d\d:\d\d GMT"));
        await tab.Page.Clock.FastForwardAsync("01:00:00");
        await Expect(time).ToHaveTextAsync(new Regex(@"\d\d:\d\d$"));
    }

    [Fact]
    public async Task Times_of_the_newsrooms_own_zone_are_shown_on_request_and_that_is_remembered()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, new { title = "Far away", timeZone = "Pacific/Kiritimati" });
        var item = await newsroom.PublishAsync("Bridge closed");
        var there = item.PublishedAt.ToOffset(TimeSpan.FromHours(14)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoLiveAsync(newsroom.Feed);
        var zone = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Kiritimati time" });
        var time = tab.Item("Bridge closed").Locator("time.entry-published");
        await Expect(time).ToHaveTextAsync("now");

        await zone.ClickAsync();
        await Expect(zone).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(time).ToHaveTextAsync(new Regex($"{there}$"));

        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(time).ToHaveTextAsync(new Regex($"{there}$"));
        await newsroom.EditAsync(item, new { headline = "Bridge shut" });
        await Expect(tab.Item("Bridge shut").Locator("time.entry-published")).ToHaveTextAsync(new Regex($"{there}$"));
        await zone.ClickAsync();
        await Expect(tab.Item("Bridge shut").Locator("time.entry-published")).ToHaveTextAsync("now");
    }

    [Fact]
    public async Task No_zone_is_offered_where_the_reader_lives_in_it()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, new { title = "At home", timeZone = "Europe/London" });
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help" })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".feed-zone")).ToHaveCountAsync(0);
    }
}
