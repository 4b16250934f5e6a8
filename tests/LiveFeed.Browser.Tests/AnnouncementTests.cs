using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What those who listen to the page are told.</summary>
public sealed class AnnouncementTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task Each_item_is_named_by_its_headline_and_knows_its_place(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);

        await newsroom.PublishAsync("Buses run");

        await Expect(Article(tab, "Buses run")).ToHaveAttributeAsync("aria-posinset", "1");
        await Expect(Article(tab, "Bridge closed")).ToHaveAttributeAsync("aria-posinset", "2");
        await Expect(Article(tab, "Bridge closed")).ToHaveAttributeAsync("aria-setsize", "2");
    }

    [Theory, BothModes]
    public async Task Nobody_is_told_the_size_of_a_feed_that_may_go_on(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        for (var i = 1; i <= 21; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);

        await Expect(Article(tab, "Item 21")).ToHaveAttributeAsync("aria-posinset", "1");
        await Expect(Article(tab, "Item 21")).ToHaveAttributeAsync("aria-setsize", "-1");
    }

    private static ILocator Article(Tab tab, string headline) => tab.Page.GetByRole(AriaRole.Article, new() { Name = headline, Exact = true });
}
