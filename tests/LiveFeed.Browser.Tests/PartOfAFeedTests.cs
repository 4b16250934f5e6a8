using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Pages that show a part of a feed are as live as the feed's own, and keep to their part.</summary>
public sealed class PartOfAFeedTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task The_page_of_a_tag_takes_in_only_what_bears_it(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var old = await newsroom.PublishAsync(new { headline = "Water rises", tags = new[] { "flood" } });
        await newsroom.PublishAsync(new { headline = "Match begins", tags = new[] { "sport" } });
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync($"{newsroom.Feed}?tag=flood");
        await tab.ShowsAsync("Water rises");

        await newsroom.PublishAsync(new { headline = "Match ends", tags = new[] { "sport" } });
        await newsroom.PublishAsync(new { headline = "Bridge closed", tags = new[] { "flood", "traffic" } });
        await newsroom.EditAsync(old, new { headline = "Water falls" });
        await tab.ShowsAsync("Bridge closed", "Water falls");

        var untagged = await newsroom.PublishAsync(new { headline = "Pumps arrive", tags = new[] { "flood" } });
        await tab.ShowsAsync("Pumps arrive", "Bridge closed", "Water falls");
        await newsroom.EditAsync(untagged, new { tags = new[] { "traffic" } });
        await tab.ShowsAsync("Bridge closed", "Water falls");
    }

    [Theory, BothModes]
    public async Task An_item_in_its_context_follows_every_change_and_nothing_lands_above_the_gap(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var first = await newsroom.PublishAsync("Long ago");
        for (var i = 1; i <= 20; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync($"{newsroom.Feed}/{first.Id}");
        var newer = tab.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Show newer" });
        await Expect(newer).ToBeVisibleAsync();
        var shown = await tab.Items.CountAsync();

        await newsroom.PublishAsync("Much later");
        await newsroom.EditAsync(first, new { headline = "Long, long ago" });
        await Expect(tab.Item("Long, long ago")).ToBeVisibleAsync();
        await Expect(tab.Items).ToHaveCountAsync(shown);
        await Expect(tab.Item("Much later")).ToHaveCountAsync(0);

        await newer.ClickAsync();
        await tab.IsLiveAsync();
        await Expect(tab.Item("Much later")).ToBeVisibleAsync();
    }
}
