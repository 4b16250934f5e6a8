using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
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
        var newer = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show newer" });
        await Expect(newer).ToBeVisibleAsync();
        await TakenOverAsync(tab);
        var shown = await tab.Items.CountAsync();

        await newsroom.PublishAsync("Much later");
        await newsroom.EditAsync(first, new { headline = "Long, long ago" });
        await Expect(tab.Item("Long, long ago")).ToBeVisibleAsync();
        await Expect(tab.Items).ToHaveCountAsync(shown);
        await Expect(tab.Item("Much later")).ToHaveCountAsync(0);

        await newer.ClickAsync();
        await Expect(tab.Item("Much later")).ToBeVisibleAsync();
        await Expect(newer).ToHaveCountAsync(0);
        await tab.StandsAsListedAsync(newsroom);
    }

    [Theory, BothModes]
    public async Task Show_newer_goes_up_to_the_newest_and_leaves_the_reader_where_they_are(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var first = await newsroom.PublishAsync("Long ago");
        for (var i = 1; i <= 29; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        var last = await newsroom.PublishAsync("Item 30");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync($"{newsroom.Feed}/{first.Id}");
        await tab.Page.EvaluateAsync("() => { window.sameDocument = true; }");
        await TakenOverAsync(tab);
        var newer = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show newer" });
        var above = tab.Item("Item 5");
        await tab.ShowsAsync([.. Items(5), "Long ago"]);
        // Edited before it is on the page, and while it is.
        last = await newsroom.EditAsync(last, new { headline = "Item thirty" });

        await newer.FocusAsync();
        var top = await TopAsync(above);
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.ShowsAsync([.. Items(25), "Long ago"]);
        Assert.Equal(top, await TopAsync(above), 0.5);
        await Expect(newer).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.ShowsAsync(["Item thirty", .. Items(29), "Long ago"]);
        Assert.Equal(top, await TopAsync(above), 0.5);
        await Expect(newer).ToHaveCountAsync(0);
        await Expect(tab.Item("Item 26").Locator("article")).ToBeFocusedAsync();

        await newsroom.EditAsync(last, new { headline = "Item 30" });
        await newsroom.PublishAsync("Item 31");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "1 new update" })).ToBeVisibleAsync();
        await tab.Page.EvaluateAsync("() => scrollTo({ top: 0, behavior: 'instant' })");
        await tab.ShowsAsync([.. Items(31), "Long ago"]);
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.sameDocument"));
    }

    [Fact]
    public async Task Show_newer_that_fails_says_so_and_works_at_the_next_press()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var first = await newsroom.PublishAsync("Long ago");
        for (var i = 1; i <= 6; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        tab.Expect("status of 503");
        await tab.GoLiveAsync($"{newsroom.Feed}/{first.Id}");
        await TakenOverAsync(tab);
        await tab.Page.RouteAsync("**/entries?*after=*", route => route.FulfillAsync(new() { Status = 503 }), new() { Times = 1 });
        var newer = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show newer" });

        await newer.ClickAsync();
        await Expect(tab.Page.Locator(".feed-newer").GetByRole(AriaRole.Status)).ToHaveTextAsync("These items could not be loaded. Try again.");
        await newer.ClickAsync();

        await tab.ShowsAsync([.. Items(6), "Long ago"]);
    }

    [Fact]
    public async Task Show_newer_leads_up_without_script()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var first = await newsroom.PublishAsync("Long ago");
        for (var i = 1; i <= 30; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(JavaScript: false));
        await tab.GoAsync($"/{newsroom.Feed}/{first.Id}");
        var newer = tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show newer" });

        await newer.ClickAsync();
        await tab.ShowsAsync([.. Items(25).Take(20)]);
        await newer.ClickAsync();
        await tab.ShowsAsync([.. Items(30).Take(5)]);
        await Expect(newer).ToHaveCountAsync(0);
    }

    /// <summary>Until the script has it, Show newer is a link to another page.</summary>
    private static Task TakenOverAsync(Tab tab) => Expect(tab.Page.Locator(".feed-newer > [role=status]")).ToBeAttachedAsync();

    private static IEnumerable<string> Items(int newest) => Enumerable.Range(1, newest).Reverse().Select(i => $"Item {i}");

    private static Task<double> TopAsync(ILocator item) => item.EvaluateAsync<double>("one => one.getBoundingClientRect().top");
}
