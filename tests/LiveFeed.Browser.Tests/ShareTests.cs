using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>How a reader passes an item on.</summary>
public sealed class ShareTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task The_address_of_an_item_is_copied_and_the_page_says_so(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var item = await newsroom.PublishAsync("Bridge closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await tab.GoLiveAsync(newsroom.Feed);
        var share = tab.Item("Bridge closed").Locator(".entry-share");
        await Expect(share).ToHaveAccessibleNameAsync("Share: Bridge closed");

        await share.ClickAsync();

        await Expect(share).ToHaveTextAsync("Link copied");
        Assert.Equal(new Uri(newsroom.Tickers[^1], $"/{newsroom.Feed}/{item.Id}").ToString(), await tab.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await Expect(share).ToHaveTextAsync("Share");
    }

    [Fact]
    public async Task An_item_that_arrives_or_is_edited_can_be_shared_as_well_and_a_withdrawn_one_cannot()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoLiveAsync(newsroom.Feed);
        var item = await newsroom.PublishAsync("Bridge closed");
        await Expect(tab.Item("Bridge closed").Locator(".entry-share")).ToHaveCountAsync(1);
        var edited = await newsroom.EditAsync(item, new { headline = "Bridge shut" });
        await Expect(tab.Item("Bridge shut").Locator(".entry-share")).ToHaveCountAsync(1);
        await newsroom.RetractAsync(edited);
        await Expect(tab.Page.Locator(".entry-withdrawn")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".entry-share")).ToHaveCountAsync(0);
    }
}
