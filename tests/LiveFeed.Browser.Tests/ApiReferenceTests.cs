using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>The API can be looked through in a browser, and the page for it asks nobody but this server.</summary>
public sealed class ApiReferenceTests(Servers servers, Chromium chromium)
{
    [Fact]
    public async Task The_API_can_be_looked_through_and_no_other_host_is_asked_for_it()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(Width: 1200));

        Assert.Equal(200, await tab.GoAsync("/openapi/browse"));

        await Expect(tab.Page.GetByText("Creates a feed.").First).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Read a live news ticker, and write to it.").First).ToBeVisibleAsync();
    }
}
