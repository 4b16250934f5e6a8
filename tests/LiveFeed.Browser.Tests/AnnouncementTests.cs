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

    [Theory, BothModes]
    public async Task News_are_told_once_in_thirty_seconds_at_most_however_many_come(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.Page.Clock.InstallAsync();
        await GoAndListenAsync(tab, newsroom);

        var first = await newsroom.PublishAsync("Bridge closed");
        await Expect(Voice(tab)).ToHaveTextAsync("1 new update");
        await newsroom.PublishAsync("Trains run");
        await newsroom.PublishAsync("Buses run");
        await newsroom.PublishAsync(new { headline = "Dam breaks", kind = "breaking" });
        // Who wants to know of a change hears of it where they read it.
        await newsroom.EditAsync(first, new { headline = "Bridge open" });
        await tab.ShowsAsync("Dam breaks", "Buses run", "Trains run", "Bridge open");
        await tab.Page.Clock.FastForwardAsync("00:31");
        await Expect(Voice(tab)).ToHaveTextAsync("3 new updates");

        var spoken = await SpokenAsync(tab);
        Assert.Equal(["polite: 1 new update", "polite: 3 new updates"], spoken.Select(one => one.Text));
        Assert.InRange(spoken[1].At - spoken[0].At, 30_000, 60_000);
    }

    [Theory, BothModes]
    public async Task Who_has_paused_the_page_is_told_nothing(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.Page.Clock.InstallAsync();
        await GoAndListenAsync(tab, newsroom);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Paused" }).ClickAsync();
        await newsroom.PublishAsync("Bridge closed");
        await newsroom.PublishAsync(new { headline = "Dam breaks", kind = "breaking" });
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "2 new updates" })).ToBeVisibleAsync();
        await tab.Page.Clock.FastForwardAsync("01:00");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "All, live" }).ClickAsync();
        await tab.ShowsAsync("Dam breaks", "Bridge closed");

        await newsroom.PublishAsync("Buses run");
        await Expect(Voice(tab)).ToHaveTextAsync("1 new update");

        Assert.Equal(["polite: 1 new update"], (await SpokenAsync(tab)).Select(one => one.Text));
    }

    [Theory, BothModes]
    public async Task Breaking_news_interrupt_only_who_chose_so_also_after_a_reload(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await GoAndListenAsync(tab, newsroom);
        await newsroom.PublishAsync(new { headline = "Dam breaks", kind = "breaking" });
        await Expect(Voice(tab)).ToHaveTextAsync("1 new update");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help", Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("Interrupt my screen reader for breaking news").CheckAsync();
        await newsroom.PublishAsync(new { headline = "Town is cut off", kind = "breaking" });
        await Expect(Voice(tab)).ToHaveTextAsync("Breaking: Town is cut off");
        Assert.Equal(["polite: 1 new update", "assertive: Breaking: Town is cut off"], (await SpokenAsync(tab)).Select(one => one.Text));

        await GoAndListenAsync(tab, newsroom);
        await newsroom.PublishAsync("Buses run");
        await Expect(Voice(tab)).ToHaveTextAsync("1 new update");
        await newsroom.PublishAsync(new { headline = "Second dam breaks", kind = "breaking" });
        await Expect(Voice(tab)).ToHaveTextAsync("Breaking: Second dam breaks");
        Assert.Equal(["polite: 1 new update", "assertive: Breaking: Second dam breaks"], (await SpokenAsync(tab)).Select(one => one.Text));
    }

    private static ILocator Voice(Tab tab) => tab.Page.Locator(".feed-voice");

    /// <summary>Opens the page, and notes from then on what a screen reader would read out.</summary>
    private static async Task GoAndListenAsync(Tab tab, Newsroom newsroom)
    {
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help", Exact = true })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Group, new() { Name = "Updates", Exact = true })).ToBeVisibleAsync();
        await tab.Page.EvaluateAsync(
            """
            () => {
              window.spoken = [];
              const voice = document.querySelector('.feed-voice');
              new MutationObserver(() => { window.spoken.push({ at: Date.now(), text: `${voice.ariaLive}: ${voice.textContent}` }); }).observe(voice, { childList: true });
            }
            """);
    }

    private static Task<Spoken[]> SpokenAsync(Tab tab) => tab.Page.EvaluateAsync<Spoken[]>("() => window.spoken");

    private static ILocator Article(Tab tab, string headline) => tab.Page.GetByRole(AriaRole.Article, new() { Name = headline, Exact = true });

    private sealed class Spoken
    {
        /// <summary>In milliseconds, by the page's clock.</summary>
        public double At { get; set; }

        /// <summary>How urgently, and what.</summary>
        public string Text { get; set; } = "";
    }
}
