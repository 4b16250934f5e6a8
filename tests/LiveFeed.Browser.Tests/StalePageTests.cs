using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What readers see whose page comes from a cache that keeps what it was told to let go.</summary>
public sealed class StalePageTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task A_stale_page_heals_as_soon_as_it_connects(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var edited = await newsroom.PublishAsync("As it was");
        var withdrawn = await newsroom.PublishAsync(new { headline = "To be withdrawn", keyEvent = true });
        var pinned = await newsroom.PublishAsync("To be pinned");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await KeepAsync(tab, newsroom);

        await newsroom.EditAsync(edited, new { headline = "As it is" });
        await newsroom.RetractAsync(withdrawn, "It did not happen.");
        await newsroom.EditAsync(pinned, new { pinned = true });
        await newsroom.PublishAsync("Missed");
        await tab.GoLiveAsync(newsroom.Feed);

        await tab.ShowsAsync("To be pinned", "Missed", "As it is");
        await tab.StandsAsListedAsync(newsroom);
        await tab.HoldsNowhereAsync("To be withdrawn");
        await tab.HoldsNowhereAsync("As it was");
    }

    [Theory, BothModes]
    public async Task A_page_from_before_a_backup_was_restored_starts_afresh(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("First");
        var second = await newsroom.PublishAsync(new { headline = "Second", keyEvent = true });
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        // Of another log, and with an item that stands in none any more.
        var epoch = (await newsroom.ListAsync()).Position.Epoch;
        await KeepAsync(tab, newsroom, page => page
            .Replace(epoch, "another", StringComparison.Ordinal)
            .Replace(second.Id.ToString(), Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
            .Replace("Second", "Lost with the old log", StringComparison.Ordinal));

        await tab.GoLiveAsync(newsroom.Feed);
        await tab.ShowsAsync("Second", "First");
        await tab.StandsAsListedAsync(newsroom);
        await tab.HoldsNowhereAsync("Lost with the old log");
        await Expect(tab.Page.Locator(".feed-key-events li bdi")).ToHaveTextAsync(["Second"]);
    }

    [Fact]
    public async Task Who_read_on_it_what_was_wrong_is_told_of_the_correction_when_it_starts_afresh()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var wrong = await newsroom.PublishAsync("Three bridges are closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.HasReadAsync(newsroom.Feed, wrong.Id);
        var epoch = (await newsroom.ListAsync()).Position.Epoch;
        await KeepAsync(tab, newsroom, page => page.Replace(epoch, "another", StringComparison.Ordinal));

        await newsroom.CorrectAsync(wrong, new { headline = "Two bridges are closed", note = "It was two bridges, not three." });
        await tab.GoLiveAsync(newsroom.Feed);

        await Expect(tab.Notices()).ToContainTextAsync("It was two bridges, not three.");
    }

    [Theory, BothModes]
    public async Task Show_more_brings_no_withdrawn_text_back_from_a_cache(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var withdrawn = await newsroom.PublishAsync("To be withdrawn");
        var edited = await newsroom.PublishAsync("As it was");
        for (var i = 1; i <= 20; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await KeepAsync(tab, newsroom);
        await tab.GoLiveAsync(newsroom.Feed);
        // The cache has kept the second page as well, and gives it to whoever doesn't insist on a new one.
        var next = await tab.Page.EvaluateAsync<string>("() => document.querySelector('live-feed').getAttribute('next')");
        var kept = await newsroom.Ticker.GetStringAsync(new Uri($"/api/feeds/{newsroom.Feed}/entries?limit=20&before={Uri.EscapeDataString(next)}", UriKind.Relative));
        await tab.Page.RouteAsync("**/entries?*before=*", route =>
            route.Request.Headers.TryGetValue("cache-control", out var asked) && asked.Contains("no-cache", StringComparison.Ordinal)
                ? route.ContinueAsync()
                : route.FulfillAsync(new() { Body = kept, ContentType = "application/json; charset=utf-8" }));
        await tab.Page.EvaluateAsync("() => { window.held = ''; new MutationObserver(() => { window.held += document.body.innerText; }).observe(document.body, { childList: true, subtree: true }); }");

        await newsroom.RetractAsync(withdrawn);
        await newsroom.EditAsync(edited, new { headline = "As it is" });
        await newsroom.PublishAsync("Newest");
        await Expect(tab.Item("Newest")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();

        await Expect(tab.Item("As it is")).ToBeVisibleAsync();
        await tab.StandsAsListedAsync(newsroom);
        var held = await tab.Page.EvaluateAsync<string>("() => window.held");
        Assert.DoesNotContain("To be withdrawn", held, StringComparison.Ordinal);
        Assert.DoesNotContain("As it was", held, StringComparison.Ordinal);
    }

    /// <summary>From now on the feed's page is what the server answers at this moment.</summary>
    private static async Task KeepAsync(Tab tab, Newsroom newsroom, Func<string, string>? change = null)
    {
        // To the browser a kept page comes from nowhere, and from there it lets nobody ask this machine.
        await tab.Page.Context.GrantPermissionsAsync(["local-network-access"]);
        using var client = Newsroom.Client(newsroom.Tickers[^1]);
        var page = await client.GetStringAsync(new Uri($"/{newsroom.Feed}", UriKind.Relative));
        await tab.Page.RouteAsync(
            $"**/{newsroom.Feed}",
            route => route.FulfillAsync(new() { Body = change?.Invoke(page) ?? page, ContentType = "text/html; charset=utf-8" }));
    }
}
