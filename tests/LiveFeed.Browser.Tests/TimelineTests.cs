using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>The strip of key events tells the story in a line, and leads to each of its turns.</summary>
public sealed class TimelineTests(Servers servers, Chromium chromium)
{
    private static readonly string Long = string.Join("\n\n", Enumerable.Repeat("A paragraph that takes its room.", 40));

    [Theory, BothModes]
    public async Task It_follows_what_is_added_changed_unmarked_and_withdrawn(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("Rain");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Page.Locator(".feed-key-events")).ToBeHiddenAsync();

        var first = await newsroom.PublishAsync(new { headline = "Dam breaks", keyEvent = true });
        await ShowsAsync(tab, "Dam breaks");
        await Expect(Strip(tab)).ToBeVisibleAsync();
        var second = await newsroom.PublishAsync(new { headline = "Town is cut off", keyEvent = true });
        var third = await newsroom.PublishAsync("Helpers arrive");
        await ShowsAsync(tab, "Town is cut off", "Dam breaks");
        third = await newsroom.EditAsync(third, new { keyEvent = true });
        await ShowsAsync(tab, "Helpers arrive", "Town is cut off", "Dam breaks");

        await newsroom.EditAsync(first, new { headline = "Dam holds" });
        await ShowsAsync(tab, "Helpers arrive", "Town is cut off", "Dam holds");
        await newsroom.EditAsync(third, new { keyEvent = false });
        await ShowsAsync(tab, "Town is cut off", "Dam holds");
        await newsroom.RetractAsync(second);
        await ShowsAsync(tab, "Dam holds");
        await tab.HoldsNowhereAsync("Town is cut off");

        await tab.Page.ReloadAsync();
        await tab.IsLiveAsync();
        await ShowsAsync(tab, "Dam holds");
    }

    [Theory, BothModes]
    public async Task What_waits_is_not_told_ahead_of_the_list_and_what_is_withdrawn_goes_at_once(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var wrong = await newsroom.PublishAsync(new { headline = "Town is cut off", keyEvent = true });
        await newsroom.PublishAsync(new { headline = "Dam breaks", keyEvent = true, body = Long });
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.Page.EvaluateAsync("() => scrollTo({ top: 700, behavior: 'instant' })");

        await newsroom.PublishAsync(new { headline = "Helpers arrive", keyEvent = true });
        await newsroom.RetractAsync(wrong);

        await ShowsAsync(tab, "Dam breaks");
        await tab.HoldsNowhereAsync("Town is cut off");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "1 new update" }).ClickAsync();
        await ShowsAsync(tab, "Helpers arrive", "Dam breaks");
    }

    [Theory, BothModes]
    public async Task It_leads_to_the_item_on_the_page_or_to_the_page_of_one_that_is_further_down(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var old = await newsroom.PublishAsync(new { headline = "Dam breaks", keyEvent = true });
        for (var i = 1; i <= 10; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        var near = await newsroom.PublishAsync(new { headline = "Town is cut off", keyEvent = true });
        for (var i = 11; i <= 20; i++)
        {
            await newsroom.PublishAsync(new { headline = $"Item {i}", body = "Three\n\nshort\n\nparagraphs." });
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.Page.EvaluateAsync("() => { window.sameDocument = true; }");
        await Expect(tab.Item("Town is cut off")).Not.ToBeInViewportAsync();

        await Link(tab, "Town is cut off").ClickAsync();
        await Expect(tab.Page.Locator($"#entry-{near.Id}")).ToBeFocusedAsync();
        await Expect(tab.Item("Town is cut off")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.sameDocument"));

        await Link(tab, "Dam breaks").ClickAsync();
        await Expect(tab.Page).ToHaveURLAsync(new Regex($"/{newsroom.Feed}/{old.Id}$"));
        await Expect(tab.Page.Locator("article[aria-current=true]")).ToContainTextAsync("Dam breaks");
    }

    [Theory, BothModes]
    public async Task It_holds_the_newest_twelve(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        for (var i = 1; i <= 13; i++)
        {
            await newsroom.PublishAsync(new { headline = $"Turn {i}", keyEvent = true });
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await ShowsAsync(tab, [.. Enumerable.Range(2, 12).Reverse().Select(i => $"Turn {i}")]);

        await newsroom.PublishAsync(new { headline = "Turn 14", keyEvent = true });
        await ShowsAsync(tab, [.. Enumerable.Range(3, 12).Reverse().Select(i => $"Turn {i}")]);
    }

    [Fact]
    public async Task Without_script_it_leads_to_the_item_among_its_neighbours()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("Rain");
        await newsroom.PublishAsync(new { headline = "Dam breaks", keyEvent = true });
        await newsroom.PublishAsync("Helpers arrive");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(JavaScript: false));
        await tab.GoAsync($"/{newsroom.Feed}");

        await Link(tab, "Dam breaks").ClickAsync();

        await Expect(tab.Page.Locator("article[aria-current=true]")).ToContainTextAsync("Dam breaks");
        await tab.ShowsAsync("Helpers arrive", "Dam breaks", "Rain");
    }

    private static ILocator Strip(Tab tab) => tab.Page.GetByRole(AriaRole.Navigation, new() { Name = "Key events" });

    private static ILocator Link(Tab tab, string headline) => Strip(tab).GetByRole(AriaRole.Link, new() { Name = headline });

    private static Task ShowsAsync(Tab tab, params string[] headlines) => Expect(tab.Page.Locator(".feed-key-events li bdi")).ToHaveTextAsync(headlines);
}
