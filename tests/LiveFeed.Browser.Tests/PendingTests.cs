using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What is new waits for a reader who is further down, and is no older than the feed when they come for it.</summary>
public sealed class PendingTests(Servers servers, Chromium chromium)
{
    private static readonly string Long = string.Join("\n\n", Enumerable.Repeat("A paragraph that takes its room.", 40));

    [Theory, BothModes]
    public async Task What_waits_follows_edits_and_withdrawals_and_comes_at_a_press(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await OpenFurtherDownAsync(newsroom);
        var title = await tab.Page.TitleAsync();
        var edited = await newsroom.PublishAsync("Bridge closed");
        var withdrawn = await newsroom.PublishAsync("Trains stopped");
        await newsroom.PublishAsync("Buses run");
        await Expect(Waiting(tab)).ToHaveTextAsync("3 new updates");
        await Expect(tab.Page).ToHaveTitleAsync($"(3) {title}");

        await newsroom.EditAsync(edited, new { headline = "Bridge open" });
        await newsroom.RetractAsync(withdrawn);
        await Expect(Waiting(tab)).ToHaveTextAsync("2 new updates");
        await tab.ShowsAsync("A long report");

        await Waiting(tab).ClickAsync();
        await tab.ShowsAsync("Buses run", "Bridge open", "A long report");
        await Expect(tab.Item("Buses run").Locator("article")).ToBeFocusedAsync();
        await Expect(tab.Item("Buses run")).ToBeInViewportAsync();
        await Expect(Waiting(tab)).ToHaveCountAsync(0);
        await Expect(tab.Page).ToHaveTitleAsync(title);
        Assert.DoesNotContain("Trains stopped", await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task What_waits_comes_when_the_reader_scrolls_back_to_the_top(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await OpenFurtherDownAsync(newsroom);
        await newsroom.PublishAsync("Bridge closed");
        await Expect(Waiting(tab)).ToHaveTextAsync("1 new update");

        await tab.Page.EvaluateAsync("() => scrollTo({ top: 0, behavior: 'instant' })");

        await tab.ShowsAsync("Bridge closed", "A long report");
        await Expect(Waiting(tab)).ToHaveCountAsync(0);
    }

    [Theory, BothModes]
    public async Task What_is_withdrawn_goes_at_once_from_a_page_that_is_scrolled(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var wrong = await newsroom.PublishAsync("Bridge closed");
        await using var tab = await OpenFurtherDownAsync(newsroom);

        await newsroom.RetractAsync(wrong);

        await tab.ShowsAsync("A long report");
    }

    private static ILocator Waiting(Tab tab) => tab.Page.Locator("live-feed").GetByRole(AriaRole.Button, new() { NameRegex = new("new update") });

    private async Task<Tab> OpenFurtherDownAsync(Newsroom newsroom)
    {
        await newsroom.PublishAsync(new { headline = "A long report", body = Long });
        var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.Page.EvaluateAsync("() => scrollTo({ top: 600, behavior: 'instant' })");
        return tab;
    }
}
