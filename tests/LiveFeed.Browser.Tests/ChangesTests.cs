using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Who wants to know what changed in an item is shown it word by word, where they read.</summary>
public sealed class ChangesTests(Servers servers, Chromium chromium)
{
    private static readonly string Long = string.Join("\n\n", Enumerable.Repeat("A paragraph that takes its room.", 40));

    [Theory, BothModes]
    public async Task What_changed_opens_in_place_says_what_its_own_page_says_and_shuts_again(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await ChangedTwiceAsync(newsroom);
        await newsroom.PublishAsync(new { headline = "A long report", body = Long });
        await using var plain = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(JavaScript: false));
        await plain.GoAsync($"/{newsroom.Feed}/{entry.Id}/changes");
        var said = await WordsAsync(plain.Page.Locator("section.changes"));
        Assert.Contains("DEL one", said);
        Assert.Contains("INS noon", said);
        Assert.Contains("It was shut, not closed.", string.Join(' ', said), StringComparison.Ordinal);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        var link = Link(tab, "Bridge shut");
        await Expect(tab.Item("Bridge shut").Locator(".entry-share")).ToBeVisibleAsync();
        await link.ScrollIntoViewIfNeededAsync();
        var top = await TopAsync(link);

        await link.ClickAsync();
        await Expect(Shown(tab)).ToHaveCountAsync(1);
        Assert.Equal(said, await WordsAsync(Shown(tab)));
        await Expect(link).ToHaveAttributeAsync("aria-expanded", "true");
        Assert.Equal(top, await TopAsync(link), 0.5);

        // The same with the keyboard.
        await Expect(link).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(Shown(tab)).ToHaveCountAsync(0);
        await Expect(link).ToHaveAttributeAsync("aria-expanded", "false");
        Assert.Equal(top, await TopAsync(link), 0.5);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(Shown(tab)).ToHaveCountAsync(1);
        Assert.Equal($"/{newsroom.Feed}", new Uri(tab.Page.Url).AbsolutePath);
    }

    [Theory, BothModes]
    public async Task With_the_item_its_old_words_are_withdrawn(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await ChangedTwiceAsync(newsroom);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Item("Bridge shut").Locator(".entry-share")).ToBeVisibleAsync();
        await Link(tab, "Bridge shut").ClickAsync();
        await Expect(Shown(tab)).ToContainTextAsync("Bridge closed");

        await newsroom.RetractAsync(entry);

        await Expect(tab.Page.Locator($"#entry-{entry.Id} .entry-withdrawn")).ToHaveCountAsync(1);
        await tab.HoldsNowhereAsync("Bridge");
        await tab.HoldsNowhereAsync("noon");
    }

    [Fact]
    public async Task Its_times_are_of_the_readers_clock()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, new { title = "Harbour", timeZone = "Asia/Tokyo" });
        await ChangedTwiceAsync(newsroom);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoLiveAsync(newsroom.Feed);
        var item = tab.Item("Bridge shut");
        await Expect(item.Locator(".entry-share")).ToBeVisibleAsync();

        await Link(tab, "Bridge shut").ClickAsync();

        var changed = await item.Locator(".entry-updated time").InnerTextAsync();
        await Expect(Shown(tab).Locator("time").First).ToHaveTextAsync(changed);
    }

    [Fact]
    public async Task Where_it_cannot_be_had_the_link_leads_to_its_page()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var entry = await ChangedTwiceAsync(newsroom);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        tab.Expect("status of 503");
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Item("Bridge shut").Locator(".entry-share")).ToBeVisibleAsync();
        await tab.Page.RouteAsync("**/changes", route => route.Request.ResourceType == "fetch" ? route.FulfillAsync(new() { Status = 503 }) : route.ContinueAsync());

        await Link(tab, "Bridge shut").ClickAsync();

        await Expect(tab.Page).ToHaveURLAsync(new Regex($"/{newsroom.Feed}/{entry.Id}/changes$"));
        await Expect(Shown(tab)).ToContainTextAsync("Bridge closed");
    }

    [Theory, BothModes]
    public async Task Without_script_it_is_a_page_that_leads_back(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await ChangedTwiceAsync(newsroom);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1], new Reading(JavaScript: false));
        await tab.GoAsync($"/{newsroom.Feed}");

        await Link(tab, "Bridge shut").ClickAsync();

        await Expect(Shown(tab).Locator("del").Filter(new() { HasText = "one" })).ToBeVisibleAsync();
        await Expect(Shown(tab).Locator("ins").Filter(new() { HasText = "noon" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Bridge shut" }).ClickAsync();
        await Expect(tab.Item("Bridge shut")).ToBeVisibleAsync();
    }

    private static async Task<Entry> ChangedTwiceAsync(Newsroom newsroom)
    {
        var first = await newsroom.PublishAsync(new { headline = "Bridge closed", body = "It stays so until one o'clock on Monday." });
        var second = await newsroom.EditAsync(first, new { body = "It stays so until noon on Monday." });
        return await newsroom.CorrectAsync(second, new { headline = "Bridge shut", note = "It was shut, not closed." });
    }

    private static ILocator Link(Tab tab, string headline) => tab.Item(headline).GetByRole(AriaRole.Link, new() { Name = "What changed" });

    private static ILocator Shown(Tab tab) => tab.Page.Locator("section.changes");

    private static Task<double> TopAsync(ILocator locator) => locator.EvaluateAsync<double>("one => one.getBoundingClientRect().top");

    /// <summary>All that it says, but for the times: each piece of text with what it stands in.</summary>
    private static Task<string[]> WordsAsync(ILocator changes) => changes.EvaluateAsync<string[]>(
        """
        changes => {
          const texts = document.createTreeWalker(changes, NodeFilter.SHOW_TEXT);
          const said = [];
          while (texts.nextNode()) {
            const { parentElement, textContent } = texts.currentNode;
            if (textContent.trim() !== '' && parentElement.tagName !== 'TIME') said.push(`${parentElement.tagName} ${textContent.trim()}`);
          }
          return said;
        }
        """);
}
