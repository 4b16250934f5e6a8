using System.Net;
using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What readers see whose browser runs no scripts.</summary>
public sealed class WithoutJavaScriptTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task Show_more_leads_from_page_to_page_back_to_the_very_first_item(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        for (var i = 1; i <= 45; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1], new Reading(JavaScript: false));
        await tab.GoAsync($"/{newsroom.Feed}");
        var read = new List<string>();
        var more = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show more" });
        while (true)
        {
            var headlines = tab.Page.Locator(".feed-slot .entry-headline");
            await Expect(headlines.Last).ToBeVisibleAsync();
            read.AddRange(await headlines.AllTextContentsAsync());
            if (!await more.IsVisibleAsync())
            {
                break;
            }

            await newsroom.PublishAsync("Meanwhile");
            await more.ClickAsync();
        }

        Assert.Equal(Enumerable.Range(1, 45).Reverse().Select(i => $"Item {i}"), read);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "To the newest" }).ClickAsync();
        await Expect(tab.Items.First.Locator(".entry-headline")).ToHaveTextAsync("Meanwhile");
    }

    [Fact]
    public async Task An_item_has_its_time_and_an_address_that_stays()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, new { title = "Harbour", timeZone = "Asia/Tokyo" });
        var posted = await newsroom.PublishAsync(new { headline = "Crane topples", body = "In the *east* basin.", publishedAt = "2026-03-01T20:15:00.000Z" });
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(JavaScript: false));
        await tab.GoAsync("/");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Harbour" }).ClickAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Harbour");
        await Expect(tab.Item("Crane topples").Locator(".entry-body")).ToHaveTextAsync("In the east basin.");
        var time = tab.Item("Crane topples").Locator("time.entry-published");
        await Expect(time).ToHaveTextAsync(new Regex("05:15$"));
        await Expect(time).ToHaveAttributeAsync("datetime", "2026-03-01T20:15:00.000Z");

        await time.ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"/{newsroom.Feed}/{posted.Id}$"));
        await Expect(tab.Page).ToHaveTitleAsync("Crane topples");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Harbour");
        await Expect(tab.Page.Locator(".entry-body")).ToHaveTextAsync("In the east basin.");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "To the whole feed" }).ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"/{newsroom.Feed}$"));
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "To all feeds" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Harbour" })).ToBeVisibleAsync();
    }

    [Theory, BothModes]
    public async Task A_withdrawn_item_is_gone_from_its_address_and_the_page_says_so(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var posted = await newsroom.PublishAsync("Mayor resigns");
        await newsroom.RetractAsync(posted, "She has not.");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1], new Reading(JavaScript: false));
        tab.Expect("410");

        Assert.Equal((int)HttpStatusCode.Gone, await tab.GoAsync($"/{newsroom.Feed}/{posted.Id}"));
        await Expect(tab.Page.Locator(".entry-withdrawn")).ToContainTextAsync("This item was withdrawn at");
        await Expect(tab.Page.Locator(".entry-note")).ToHaveTextAsync("She has not.");
        Assert.DoesNotContain("resigns", await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_says_so_and_leads_on()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(JavaScript: false));
        tab.Expect("404");

        Assert.Equal((int)HttpStatusCode.NotFound, await tab.GoAsync("/no-such-feed"));
        await Expect(tab.Page.Locator("main")).ToContainTextAsync("There is no such feed here.");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "To all feeds" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Test feed" })).ToBeVisibleAsync();
    }
}
