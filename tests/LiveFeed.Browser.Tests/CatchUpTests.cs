using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What a reader finds who comes back after an absence.</summary>
public sealed class CatchUpTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task A_reader_who_comes_back_finds_what_is_new_and_where_they_left_off(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var first = await newsroom.PublishAsync("The first");
        var second = await newsroom.PublishAsync("The second");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        tab.Expect("404");
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.HasReadAsync(newsroom.Feed, second.Id);

        await tab.LeaveForAsync(TimeSpan.FromMinutes(10));
        await newsroom.EditAsync(first, new { body = "Edited." });
        await newsroom.EditAsync(second, new { body = "Edited." });
        for (var i = 1; i <= 6; i++)
        {
            await newsroom.PublishAsync($"Meanwhile {i}");
        }

        var gone = await newsroom.PublishAsync("Came and went");
        await newsroom.RetractAsync(gone);
        var turn = await newsroom.PublishAsync(new { headline = "The turning point", keyEvent = true });
        await tab.GoLiveAsync(newsroom.Feed);

        await Expect(tab.Notices()).ToHaveCountAsync(1);
        await Expect(tab.Notices()).ToContainTextAsync("7 new, 2 changed");
        await Expect(tab.Notices().GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["The turning point"]);
        await Expect(tab.Page.Locator("[data-left-off]")).ToHaveCountAsync(1);
        await Expect(tab.Item("The second")).ToHaveAttributeAsync("data-left-off", "You left off here");

        await tab.Notices().GetByRole(AriaRole.Button, new() { Name = "Go to where you left off" }).ClickAsync();
        await Expect(tab.Page.Locator($"#entry-{second.Id}")).ToBeFocusedAsync();

        // What the notice lists goes with the item.
        await newsroom.RetractAsync(turn);
        await Expect(tab.Notices()).ToContainTextAsync("6 new, 2 changed");
        await Expect(tab.Notices()).Not.ToContainTextAsync("turning point");

        await tab.Notices().GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(tab.Notices()).ToHaveCountAsync(0);
        await Expect(tab.Page.Locator("[data-left-off]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_comes_back_to_nothing_new_is_told_nothing()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var only = await newsroom.PublishAsync("The only one");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        tab.Expect("404");
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.HasReadAsync(newsroom.Feed, only.Id);
        await tab.LeaveForAsync(TimeSpan.FromMinutes(10));
        // A pin is no news.
        await newsroom.EditAsync(only, new { pinned = true });

        var answered = tab.Page.WaitForResponseAsync(response => response.Url.Contains("since=", StringComparison.Ordinal));
        await tab.GoLiveAsync(newsroom.Feed);
        await answered;
        await Expect(tab.Item("The only one").Locator(".entry-flag-pinned")).ToBeVisibleAsync();
        await Expect(tab.Notices()).ToHaveCountAsync(0);
    }
}
