using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What the desk's page tells of where an item stands, while readers' pages are open.</summary>
public sealed class ReceiptTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task The_desk_tells_on_how_many_screens_an_item_stands_and_waits_for_the_last_one_when_it_is_withdrawn(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var desk = await chromium.SignInAsync(newsroom);
        await using var first = await chromium.OpenAsync(newsroom.Tickers[0]);
        await using var line = new Line(newsroom.Tickers[^1]);
        await using var second = await chromium.OpenAsync(line.Address);
        second.Expect("WebSocket connection to .* failed|net::ERR_|502|503");
        await first.GoLiveAsync(newsroom.Feed);
        await second.GoLiveAsync(newsroom.Feed);
        var receipt = desk.Page.Locator(".desk-receipt");

        await desk.Field("Headline").FillAsync("Ferry late");
        await desk.Field("Headline").PressAsync("Control+Enter");
        await first.ShowsAsync("Ferry late");
        await second.ShowsAsync("Ferry late");
        // The desk's own ticker is no reader's.
        await SaysAsync(receipt, @"^Live after [\d,]+ m?s · on 2 tickers · on screens after [\d,]+ m?s \(half\), [\d,]+ m?s \(99 %\)$");
        // Read out once, when there is no more to come.
        await SaysAsync(desk.Page.Locator(".desk-voice"), "^Live after .* on 2 tickers");

        // Who has lost the network may still show it.
        await line.FallSilentAsync();
        await desk.PressAsync("Withdraw: Ferry late");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw it" }).ClickAsync();
        await SaysAsync(receipt, @"^Withdrawn after [\d,]+ m?s · confirmed by 1 of 2 screens$");
        await Expect(desk.Page.Locator(".desk-voice")).ToHaveTextAsync("");
        // Who has left keeps nobody waiting, and gets no old text when it comes back.
        line.Cut();
        await SaysAsync(receipt, @"· confirmed by 1 of 1 screen$");
        await SaysAsync(desk.Page.Locator(".desk-voice"), @"· confirmed by 1 of 1 screen$");
        line.Mend();
        await second.IsLiveAsync();
        await Expect(second.Page.GetByText("Ferry late")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_desk_shows_how_many_read_as_a_chart_and_as_a_table()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var reader = await chromium.OpenAsync(newsroom.Tickers[0]);
        await reader.GoLiveAsync(newsroom.Feed);
        await using var desk = await chromium.SignInAsync(newsroom, new() { Width = 360 });
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Readers" }).ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Readers online" })).ToBeVisibleAsync();
        await desk.Field("Feed").SelectOptionAsync(newsroom.Feed);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(desk.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"feed={newsroom.Feed}"));
        // A count is in the archive within seconds. A press of the button doesn't wait for the page that it asks for; this does.
        await LiveFeed.Testing.Eventually.TrueAsync("the reader is on the chart", async _ =>
        {
            await desk.Page.ReloadAsync();
            return await desk.Page.GetByRole(AriaRole.Img, new() { Name = "over the last hour: at most 1" }).IsVisibleAsync();
        });
        await Expect(desk.Page.Locator(".readers-now")).ToHaveTextAsync("1 ticker is open now.");
        await Expect(desk.Page.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["From", "All", "own pages"]);
        await desk.StaysWithinItsWidthAsync();
        Assert.Empty(await desk.BrokenRulesAsync("readers"));
        await desk.Field("Over").SelectOptionAsync("day");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Img)).ToHaveAccessibleNameAsync("Readers of Test feed over the last day: at most 1");
    }

    private static Task SaysAsync(ILocator line, string words) =>
        Expect(line).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(words), new() { Timeout = 40_000 });
}
