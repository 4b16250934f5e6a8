using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What is new waits for a reader who is further down, and is no older than the feed when they come for it.</summary>
public sealed class PendingTests(Servers servers, Chromium chromium)
{
    private static readonly string Long = string.Join("\n\n", Enumerable.Repeat("A paragraph that takes its room.", 40));

    [Theory, BothModes]
    public async Task What_waits_follows_edits_and_withdrawals_and_comes_at_a_press(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await OpenFurtherDownAsync(newsroom);
        var title = await tab.Page.TitleAsync();
        var edited = await newsroom.PublishAsync("Bridge closed");
        var withdrawn = await newsroom.PublishAsync("Trains stopped");
        await newsroom.PublishAsync("Buses run");
        await Expect(Waiting(tab)).ToHaveTextAsync("3 new updates");
        await Expect(tab.Page).ToHaveTitleAsync($"(3) {title}");

        await newsroom.EditAsync(edited, new { headline = "Bridge open" });
        await newsroom.RetractAsync(withdrawn);
        await Expect(Waiting(tab)).ToHaveTextAsync("2 new updates");
        await tab.ShowsAsync("A long report");

        await Waiting(tab).ClickAsync();
        await tab.ShowsAsync("Buses run", "Bridge open", "A long report");
        await Expect(tab.Item("Buses run").Locator("article")).ToBeFocusedAsync();
        await Expect(tab.Item("Buses run")).ToBeInViewportAsync();
        await Expect(Waiting(tab)).ToHaveCountAsync(0);
        await Expect(tab.Page).ToHaveTitleAsync(title);
        Assert.DoesNotContain("Trains stopped", await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task What_has_waited_and_what_show_more_brings_is_shared_and_remembered_as_all_else(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var oldest = await newsroom.PublishAsync("Rain");
        for (var i = 1; i <= 20; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        await using var tab = await OpenFurtherDownAsync(newsroom);
        var waited = await newsroom.PublishAsync("Bridge closed");
        await Waiting(tab).ClickAsync();
        await Expect(tab.Item("Bridge closed").Locator(".entry-share")).ToBeVisibleAsync();
        await tab.HasReadAsync(newsroom.Feed, waited.Id);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(tab.Item("Rain").Locator(".entry-share")).ToBeVisibleAsync();
        await tab.Item("Rain").ScrollIntoViewIfNeededAsync();
        await tab.HasReadAsync(newsroom.Feed, oldest.Id);

        await newsroom.CorrectAsync(oldest, new { headline = "Snow", note = "It was snow." });
        await Expect(tab.Notices()).ToContainTextAsync("It was snow.");
    }

    [Theory, BothModes]
    public async Task What_waits_comes_when_the_reader_scrolls_back_to_the_top(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await OpenFurtherDownAsync(newsroom);
        await newsroom.PublishAsync("Bridge closed");
        await Expect(Waiting(tab)).ToHaveTextAsync("1 new update");

        await tab.Page.EvaluateAsync("() => scrollTo({ top: 0, behavior: 'instant' })");

        await tab.ShowsAsync("Bridge closed", "A long report");
        await Expect(Waiting(tab)).ToHaveCountAsync(0);
    }

    [Theory, BothModes]
    public async Task What_is_withdrawn_goes_at_once_from_a_page_that_is_scrolled(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var wrong = await newsroom.PublishAsync("Bridge closed");
        await using var tab = await OpenFurtherDownAsync(newsroom);

        await newsroom.RetractAsync(wrong);

        await tab.ShowsAsync("A long report");
    }

    [Fact]
    public async Task More_than_five_hundred_are_not_kept_and_the_press_brings_the_newest()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await OpenFurtherDownAsync(newsroom);
        foreach (var some in Enumerable.Range(1, 500).Chunk(10))
        {
            await Task.WhenAll(some.Select(i => newsroom.PublishAsync($"Item {i}")));
        }

        await Expect(Waiting(tab)).ToHaveTextAsync("500 new updates");
        await newsroom.PublishAsync("The newest");
        await Expect(Waiting(tab)).ToHaveTextAsync("More than 500 new updates");

        await Waiting(tab).ClickAsync();
        await Expect(tab.Items.First.Locator(".entry-headline")).ToHaveTextAsync("The newest");
        await Expect(tab.Items).ToHaveCountAsync(20);
        await Expect(tab.Item("The newest").Locator("article")).ToBeFocusedAsync();
        await Expect(Waiting(tab)).ToHaveCountAsync(0);
        await tab.StandsAsListedAsync(newsroom);
    }

    [Theory]
    [InlineData("uk", "# нове повідомлення", "# нові повідомлення", "# нові повідомлення", "# нові повідомлення", "# нових повідомлень")]
    [InlineData("ar", "تحديث جديد واحد", "تحديثان جديدان", "# تحديثات جديدة", "# تحديثات جديدة", "# تحديثات جديدة", "# تحديثات جديدة", "# تحديثات جديدة", "# تحديثات جديدة", "# تحديثات جديدة", "# تحديثات جديدة", "# تحديثًا جديدًا")]
    public async Task How_many_wait_is_said_as_the_language_counts(string language, params string[] said)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, new { title = "Test feed", language });
        await using var tab = await OpenFurtherDownAsync(newsroom);
        foreach (var text in said)
        {
            await newsroom.PublishAsync("News");
            // Which digits a language is written with is the browser's to know.
            await Expect(tab.Page.Locator("button.feed-waiting")).ToHaveTextAsync(new Regex($"^{text.Replace("#", "[0-9٠-٩]+", StringComparison.Ordinal)}$"));
        }
    }

    [Theory, BothModes]
    public async Task The_title_counts_what_came_while_nobody_looked(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("Rain");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Item("Rain").Locator(".entry-share")).ToBeVisibleAsync();
        var title = await tab.Page.TitleAsync();
        await LookAwayAsync(tab, true);

        var first = await newsroom.PublishAsync("Bridge closed");
        await Expect(tab.Page).ToHaveTitleAsync($"(1) {title}");
        var second = await newsroom.PublishAsync("Buses run");
        await Expect(tab.Page).ToHaveTitleAsync($"(2) {title}");
        await newsroom.EditAsync(first, new { headline = "Bridge open" });
        await newsroom.RetractAsync(second);
        await tab.ShowsAsync("Bridge open", "Rain");
        await Expect(tab.Page).ToHaveTitleAsync($"(1) {title}");

        await LookAwayAsync(tab, false);
        await Expect(tab.Page).ToHaveTitleAsync(title);
    }

    /// <summary>A browser without a window never hides a tab by itself.</summary>
    private static async Task LookAwayAsync(Tab tab, bool away) => await tab.Page.EvaluateAsync(
        """
        away => {
          Object.defineProperty(document, 'hidden', { configurable: true, value: away });
          Object.defineProperty(document, 'visibilityState', { configurable: true, value: away ? 'hidden' : 'visible' });
          document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        }
        """, away);

    private static ILocator Waiting(Tab tab) => tab.Page.Locator("live-feed").GetByRole(AriaRole.Button, new() { NameRegex = new("new update") });

    private async Task<Tab> OpenFurtherDownAsync(Newsroom newsroom)
    {
        await newsroom.PublishAsync(new { headline = "A long report", body = Long });
        var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.Page.EvaluateAsync("() => scrollTo({ top: 600, behavior: 'instant' })");
        return tab;
    }
}
