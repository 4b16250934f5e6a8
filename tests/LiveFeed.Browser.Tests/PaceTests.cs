using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>The reader says how fast the page goes.</summary>
public sealed class PaceTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task A_paused_page_stands_still_but_for_withdrawals_until_it_goes_on(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var wrong = await newsroom.PublishAsync("Trains stopped");
        var edited = await newsroom.PublishAsync("Bridge closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await Pace(tab, "Paused").ClickAsync();
        await Expect(tab.Status).ToHaveTextAsync(new Regex("^Paused: showing "));
        await Expect(Pace(tab, "Paused")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Pace(tab, "All, live")).ToHaveAttributeAsync("aria-pressed", "false");

        await newsroom.EditAsync(edited, new { headline = "Bridge open" });
        await newsroom.PublishAsync("Buses run");
        await newsroom.RetractAsync(wrong);
        // The withdrawal is the last of the three: what was to come with the others would be there.
        await tab.ShowsAsync("Bridge closed");

        await Pace(tab, "All, live").ClickAsync();
        await tab.ShowsAsync("Buses run", "Bridge open");
        await tab.IsLiveAsync();
    }

    [Theory, BothModes]
    public async Task Key_events_alone_are_shown_to_who_wants_no_more_also_after_a_reload(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("Trains run");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await Pace(tab, "Key events only").ClickAsync();
        await Expect(tab.Item("Trains run")).ToBeHiddenAsync();
        await tab.Page.ReloadAsync();
        await Expect(Pace(tab, "Key events only")).ToHaveAttributeAsync("aria-pressed", "true");

        await newsroom.PublishAsync("Buses run");
        await newsroom.PublishAsync(new { headline = "Bridge closed", keyEvent = true });

        await Expect(tab.Item("Bridge closed")).ToBeVisibleAsync();
        await Expect(tab.Items.Filter(new() { Visible = true })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Where_storage_is_denied_the_pace_is_kept_until_the_page_is_left()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.Page.AddInitScriptAsync("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });");
        await tab.GoLiveAsync(newsroom.Feed);

        await Pace(tab, "Paused").ClickAsync();
        await Expect(tab.Status).ToHaveAttributeAsync("data-state", "paused");
        await tab.Page.ReloadAsync();

        await tab.IsLiveAsync();
    }

    private static ILocator Pace(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Group, new() { Name = "Updates" }).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
