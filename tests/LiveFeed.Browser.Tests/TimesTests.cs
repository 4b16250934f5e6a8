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

    [Theory]
    [InlineData(1200)]
    [InlineData(390)]
    public async Task Nothing_moves_when_the_readers_clock_says_it_longer_than_the_newsrooms(int width)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, new { title = "Long ago", timeZone = "Asia/Tokyo" });
        foreach (var hours in new[] { 72, 60, 48 })
        {
            var publishedAt = DateTimeOffset.UtcNow.AddHours(-hours);
            await newsroom.PublishAsync(new { headline = "Bridge closed", publishedAt, keyEvent = true });
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(Width: width));
        await tab.Page.AddInitScriptAsync(
            """
            window.moved = [];
            new PerformanceObserver(list => {
              for (const { sources } of list.getEntries()) window.moved.push(...sources.map(({ node }) => node?.className ?? node?.nodeName));
            }).observe({ type: 'layout-shift' });
            """);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Page.Locator(".feed-key-events time").First).ToHaveTextAsync(new Regex("[A-Z]"));
        await Expect(tab.Items.Locator("time").First).ToHaveTextAsync(new Regex("[A-Z]"));
        await Expect(tab.Page.Locator(".feed-controls button")).ToHaveCountAsync(5);
        await tab.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.Empty(await tab.Page.EvaluateAsync<string[]>("() => window.moved"));
    }
}
