using System.Diagnostics;
using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What readers see on a page that stays open.</summary>
public sealed class OpenPageTests(Servers servers, Chromium chromium, ITestOutputHelper output)
{
    [Theory, BothModes]
    public async Task An_item_stands_on_the_open_page_within_a_second_of_its_post(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        // The page tells when it has drawn an item, by the machine's clock, which is the test's own: asking it again and again would measure the asking.
        await tab.Page.EvaluateAsync(
            """
            () => {
              window.drawn = {};
              new MutationObserver(() => {
                for (const headline of document.querySelectorAll('.entry-headline')) requestAnimationFrame(() => { window.drawn[headline.textContent] ??= Date.now(); });
              }).observe(document.querySelector('.feed-entries'), { childList: true });
            }
            """);

        var figures = new List<double>();
        foreach (var headline in new[] { "The first", "The second", "The third", "The fourth", "The fifth" })
        {
            var posted = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var answered = Stopwatch.StartNew();
            await newsroom.PublishAsync(headline);
            output.WriteLine($"{mode}: {headline}: 201 after {answered.Elapsed.TotalMilliseconds:0} ms");
            var drawn = await tab.Page.WaitForFunctionAsync("headline => window.drawn[headline]", headline, new() { Timeout = 20_000 });
            figures.Add(await drawn.JsonValueAsync<double>() - posted);
        }

        await tab.ShowsAsync("The fifth", "The fourth", "The third", "The second", "The first");
        output.WriteLine($"{mode}: from POST to the page: {string.Join(", ", figures)} ms");
        Assert.All(figures, figure => Assert.InRange(figure, 0, 1_000));
    }

    [Theory, BothModes]
    public async Task Edits_corrections_withdrawals_and_pins_follow_without_a_reload(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var first = await newsroom.PublishAsync(new { headline = "Bridge closed", body = "Until *noon*." });
        await newsroom.PublishAsync("Trains run");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.Page.EvaluateAsync("() => { window.sameDocument = true; }");
        await tab.ShowsAsync("Trains run", "Bridge closed");

        var edited = await newsroom.EditAsync(first, new { body = "Until *one*." });
        var updated = tab.Item("Bridge closed").Locator(".entry-updated");
        await Expect(updated).ToHaveTextAsync(new Regex(@"^Updated: \d\d:\d\d What changed$"));
        await Expect(tab.Item("Bridge closed").Locator(".entry-body em")).ToHaveTextAsync("one");

        var corrected = await newsroom.CorrectAsync(edited, new { headline = "Bridge shut", note = "It was shut, not closed." });
        await Expect(tab.Item("Bridge shut").Locator(".entry-correction")).ToContainTextAsync("Correction: It was shut, not closed.");
        await tab.ShowsAsync("Trains run", "Bridge shut");

        var pinned = await newsroom.EditAsync(corrected, new { pinned = true });
        await tab.ShowsAsync("Bridge shut", "Trains run");
        await Expect(tab.Items.First.Locator(".entry-flag-pinned")).ToBeVisibleAsync();

        await newsroom.RetractAsync(pinned, "The bridge was open all day.");
        await tab.ShowsAsync("Trains run");
        var tombstone = tab.Page.Locator($"#entry-{first.Id}");
        await Expect(tombstone.Locator(".entry-withdrawn")).ToHaveTextAsync(new Regex(@"^This item was withdrawn at \d\d:\d\d\.$"));
        await Expect(tombstone.Locator(".entry-note")).ToHaveTextAsync("The bridge was open all day.");
        var page = await tab.Page.ContentAsync();
        Assert.DoesNotContain("Bridge shut", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Bridge closed", page, StringComparison.Ordinal);
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => window.sameDocument"));

        await tab.Page.ReloadAsync();
        await tab.IsLiveAsync();
        await Expect(tombstone.Locator(".entry-note")).ToHaveTextAsync("The bridge was open all day.");
    }

    [Fact]
    public async Task Show_more_pages_back_to_the_very_first_item_while_others_arrive()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        for (var i = 1; i <= 65; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Items).ToHaveCountAsync(20);

        var more = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show more" });
        for (var i = 1; i <= 3; i++)
        {
            await newsroom.PublishAsync($"Meanwhile {i}");
            // Further down it waits for the reader to come back to the top.
            await tab.Page.Keyboard.PressAsync("Home");
            await Expect(tab.Item($"Meanwhile {i}")).ToBeVisibleAsync();
            await more.ClickAsync();
            await Expect(tab.Items).ToHaveCountAsync(Math.Min(20 * (i + 1), 65) + i);
        }

        if (await more.IsVisibleAsync())
        {
            await more.ClickAsync();
        }

        await tab.ShowsAsync([.. Enumerable.Range(1, 3).Reverse().Select(i => $"Meanwhile {i}"), .. Enumerable.Range(1, 65).Reverse().Select(i => $"Item {i}")]);
        await Expect(more).ToBeHiddenAsync();
    }
}
