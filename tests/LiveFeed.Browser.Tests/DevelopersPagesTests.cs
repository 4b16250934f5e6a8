using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Who wants a feed elsewhere finds the line for it, and sees it work.</summary>
public sealed class DevelopersPagesTests(Servers servers, Chromium chromium)
{
    [Fact]
    public async Task A_line_that_is_made_to_measure_works_as_it_is_pasted()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync(new { headline = "The ferry is late", tags = new[] { "sea & \"shore\"" } });
        await newsroom.PublishAsync("A seal on the pier");
        var server = newsroom.Tickers[0];
        await using var tab = await chromium.OpenAsync(server, new Reading(Width: 360));
        Assert.Equal(200, await tab.GoAsync($"/embed?feed={newsroom.Feed}"));
        await tab.Page.GetByLabel("Form").SelectOptionAsync("compact");
        await tab.Page.GetByLabel("Only with the tag").FillAsync("sea & \"shore\"");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show it" }).ClickAsync();
        var preview = tab.Page.FrameLocator("iframe").Locator(".slot .entry-headline");
        await Expect(preview).ToHaveTextAsync(["The ferry is late"]);
        await tab.StaysWithinItsWidthAsync();
        Assert.Empty(await tab.BrokenRulesAsync("snippet"));

        foreach (var line in await tab.Page.Locator(".snippet").AllTextContentsAsync())
        {
            await using var site = await PartnerSite.OpenAsync(line);
            await using var visit = await chromium.OpenAsync(site.Address, new Reading(Widgets: server));
            await visit.GoAsync("/");
            var headlines = line.StartsWith("<iframe", StringComparison.Ordinal) ? visit.Page.FrameLocator("iframe").Locator(".slot .entry-headline") : visit.Page.Locator(".slot .entry-headline");
            await Expect(headlines).ToHaveTextAsync(["The ferry is late"]);
        }
    }

    [Fact]
    public async Task The_developers_page_shows_a_live_example_and_says_what_readers_are_owed()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("The ferry is late");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(Width: 360));
        Assert.Equal(200, await tab.GoAsync("/developers"));
        await Expect(tab.Page.Locator("live-feed .slot .entry-headline")).ToHaveTextAsync(["The ferry is late"]);
        await newsroom.PublishAsync("It has come");
        await Expect(tab.Page.Locator("live-feed .slot .entry-headline").First).ToHaveTextAsync("It has come");
        await tab.StaysWithinItsWidthAsync();
        Assert.Empty(await tab.BrokenRulesAsync("developers"));
        foreach (var link in await tab.Page.Locator("main > ul a, main > p a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"))
        {
            Assert.Equal(200, (int)(await newsroom.Ticker.GetAsync(link)).StatusCode);
        }

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "What LiveFeed knows of readers" }).ClickAsync();
        await Expect(tab.Page.GetByText("Readers get no cookies")).ToBeVisibleAsync();
        Assert.Empty(await tab.BrokenRulesAsync("privacy"));
    }
}
