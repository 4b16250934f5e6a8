using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>The front page tells of every feed's newest item, without a reload.</summary>
public sealed class FrontPageTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task The_newest_item_of_a_feed_comes_changes_and_goes_by_itself(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await GoAsync(tab);
        var latest = Latest(tab, newsroom.Feed);
        var link = tab.Page.Locator($"[data-feed={newsroom.Feed}] a");
        await link.FocusAsync();
        await tab.Page.EvaluateAsync("() => { window.isStillHere = true; }");
        var height = await HeightAsync(tab, newsroom.Feed);

        await newsroom.PublishAsync("Bridge closed");
        await Expect(latest).ToHaveTextAsync("Bridge closed");
        var second = await newsroom.PublishAsync(new { headline = "Ferry runs, and for as long as the bridge is closed nobody pays for it, neither on foot nor with a car, says the town", kind = "breaking" });
        await Expect(latest).ToContainTextAsync("Ferry runs");
        await Expect(tab.Page.Locator($"[data-feed={newsroom.Feed}] .entry-kind")).ToHaveTextAsync("Breaking");
        var edited = await newsroom.EditAsync(second, new { headline = "Ferry runs all night" });
        await Expect(latest).ToHaveTextAsync("Ferry runs all night");
        await newsroom.RetractAsync(edited);
        await Expect(latest).ToHaveTextAsync("Bridge closed");
        await tab.HoldsNowhereAsync("Ferry");

        Assert.Equal(height, await HeightAsync(tab, newsroom.Feed));
        await Expect(link).ToBeFocusedAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.isStillHere"));
        Assert.Equal(1, tab.SocketsSoFar);
    }

    [Fact]
    public async Task A_cut_line_is_told_in_words_and_what_was_missed_comes_when_it_is_back()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var line = new Line(newsroom.Tickers[0]);
        await using var tab = await chromium.OpenAsync(line.Address);
        tab.Expect("WebSocket connection to .* failed|net::ERR_");
        var first = await newsroom.PublishAsync("Before the break");
        var second = await newsroom.PublishAsync("To be withdrawn");
        await GoAsync(tab);

        line.Cut();
        await Expect(tab.Page.Locator(".feed-status")).ToHaveTextAsync("Reconnecting…");
        await newsroom.RetractAsync(second);
        await newsroom.EditAsync(first, new { headline = "Before the break, edited" });
        await Expect(tab.Page.Locator(".feed-status")).ToHaveTextAsync(new Regex(@"^Offline: showing \d\d:\d\d:\d\d$"));
        line.Mend();

        await Expect(Latest(tab, newsroom.Feed)).ToHaveTextAsync("Before the break, edited");
        await IsLiveAsync(tab);
        await newsroom.PublishAsync("After the break");
        await Expect(Latest(tab, newsroom.Feed)).ToHaveTextAsync("After the break");
    }

    [Fact]
    public async Task Where_no_WebSocket_passes_the_page_is_asked_for_every_few_seconds_and_says_so()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var line = new Line(newsroom.Tickers[0]) { WebSockets = WebSockets.Refused };
        await using var tab = await chromium.OpenAsync(line.Address);
        tab.Expect("WebSocket connection to .* failed");
        await tab.GoAsync("/");

        await newsroom.PublishAsync("Bridge closed");

        await Expect(Latest(tab, newsroom.Feed)).ToHaveTextAsync("Bridge closed");
        await Expect(tab.Page.Locator(".feed-status")).ToHaveTextAsync(new Regex("^Checked every few seconds, last at "));
    }

    [Fact]
    public async Task More_feeds_than_a_connection_follows_are_all_kept_up_to_date_and_a_new_one_appears()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        for (var number = 1; number <= 21; number++)
        {
            await CreateAsync(newsroom, $"{newsroom.Feed}-{number}");
        }

        await newsroom.PublishAsync("In the oldest feed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoAsync("/");
        await Expect(tab.Page.Locator(".feed-status")).ToHaveTextAsync(new Regex("^Checked every few seconds, last at "));

        await CreateAsync(newsroom, $"{newsroom.Feed}-new");
        for (var number = 1; number <= 21; number++)
        {
            await PublishAsync(newsroom, $"{newsroom.Feed}-{number}", $"News {number}");
        }

        for (var number = 1; number <= 21; number++)
        {
            await Expect(Latest(tab, $"{newsroom.Feed}-{number}")).ToHaveTextAsync($"News {number}");
        }

        await Expect(tab.Page.Locator(".feeds > li").First).ToHaveAttributeAsync("data-feed", $"{newsroom.Feed}-new");
    }

    [Fact]
    public async Task A_closed_feed_says_so_without_script_as_well()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("The last word");
        using var closed = await newsroom.Desk.PatchAsJsonAsync($"/api/feeds/{newsroom.Feed}", new { status = "closed", title = "The storm" });
        Assert.True(closed.IsSuccessStatusCode, await closed.Content.ReadAsStringAsync());
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(JavaScript: false));

        await tab.GoAsync("/");

        await Expect(tab.Page.Locator($"[data-feed={newsroom.Feed}]")).ToContainTextAsync("This feed is closed.");
        await Expect(Latest(tab, newsroom.Feed)).ToHaveTextAsync("The last word");
    }

    private static async Task GoAsync(Tab tab)
    {
        Assert.Equal(200, await tab.GoAsync("/"));
        await IsLiveAsync(tab);
    }

    // Where other tests' feeds are, there may be more of them than a connection follows.
    private static Task IsLiveAsync(Tab tab) => Expect(tab.Page.Locator(".feed-status")).ToHaveAttributeAsync("data-state", new Regex("^(live|polled)$"));

    private static ILocator Latest(Tab tab, string feed) => tab.Page.Locator($"[data-feed={feed}] .feed-latest bdi");

    private static Task<int> HeightAsync(Tab tab, string feed) => tab.Page.Locator($"[data-feed={feed}]").EvaluateAsync<int>("row => row.offsetHeight");

    private static async Task CreateAsync(Newsroom newsroom, string feed)
    {
        using var created = await newsroom.Desk.PostAsJsonAsync("/api/feeds", new { slug = feed, title = feed });
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
    }

    private static async Task PublishAsync(Newsroom newsroom, string feed, string headline)
    {
        using var published = await newsroom.Desk.PostAsJsonAsync($"/api/feeds/{feed}/entries", new { headline });
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
    }
}
