using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Whatever a page comes to show while it stands open, axe finds nothing wrong with it.</summary>
public sealed class AccessibleStatesTests(Servers servers, Chromium chromium)
{
    public static TheoryData<string> Languages { get; } = [.. Showcase.Languages];

    [Theory, MemberData(nameof(Languages))]
    public async Task No_state_of_an_open_page_breaks_a_rule(string language)
    {
        await using var showcase = await Showcase.OpenAsync(servers, language);
        var newsroom = showcase.Newsroom;
        await using var line = new Line(newsroom.Tickers[0]);
        await using var tab = await chromium.OpenAsync(line.Address);
        tab.Expect("WebSocket connection to .* failed|net::ERR_|404");
        var broken = new List<string>();
        await OpenAsync(tab, newsroom);

        var read = await ReadAsync(tab, newsroom);
        await newsroom.CorrectAsync(read, Correction);
        await Expect(tab.Notices()).ToHaveCountAsync(1);
        broken.AddRange(await tab.BrokenRulesAsync("a correction is told"));

        await tab.Page.Locator("a.entry-changes").First.ClickAsync();
        await Expect(tab.Page.Locator("section.changes")).ToHaveCountAsync(1);
        broken.AddRange(await tab.BrokenRulesAsync("what changed is open"));

        await tab.Page.EvaluateAsync("() => scrollTo({ top: 900, behavior: 'instant' })");
        for (var number = 1; number <= 3; number++)
        {
            await newsroom.PublishAsync(Showcase.Item(language, "update", number));
        }

        await Expect(tab.Page.Locator("button.feed-waiting")).ToBeVisibleAsync();
        broken.AddRange(await tab.BrokenRulesAsync("updates wait"));

        await tab.Page.Locator(".feed-pace button").Last.ClickAsync();
        await Expect(tab.Status).ToHaveAttributeAsync("data-state", "paused");
        broken.AddRange(await tab.BrokenRulesAsync("paused"));
        await tab.Page.Locator(".feed-pace button").First.ClickAsync();

        await tab.Page.Locator(".feed-help-button").ClickAsync();
        await Expect(tab.Page.Locator("dialog")).ToBeVisibleAsync();
        broken.AddRange(await tab.BrokenRulesAsync("the help is open"));
        await tab.Page.Keyboard.PressAsync("Escape");

        line.Cut();
        await Expect(tab.Status).ToHaveAttributeAsync("data-state", "offline");
        broken.AddRange(await tab.BrokenRulesAsync("offline"));
        line.Mend();

        await tab.LeaveForAsync(TimeSpan.FromMinutes(10));
        await newsroom.PublishAsync(Showcase.Item(language, "breaking", 4));
        var turn = await newsroom.PublishAsync(Showcase.Item(language, "update", 5));
        await newsroom.EditAsync(turn, new { keyEvent = true });
        await OpenAsync(tab, newsroom);
        await Expect(tab.Notices().GetByRole(Microsoft.Playwright.AriaRole.Listitem)).ToHaveCountAsync(1);
        broken.AddRange(await tab.BrokenRulesAsync("caught up"));

        Assert.True(broken.Count == 0, string.Join('\n', broken.Distinct()));
    }

    private static readonly object Correction = new { body = "42.", note = "42, not 41." };

    private static async Task OpenAsync(Tab tab, Newsroom newsroom)
    {
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Page.Locator(".feed-help-button")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".feed-pace")).ToBeVisibleAsync();
    }

    /// <summary>Something that the reader has had in view.</summary>
    private static async Task<Entry> ReadAsync(Tab tab, Newsroom newsroom)
    {
        var entry = await newsroom.PublishAsync(new { headline = "42", body = "41." });
        await tab.Item("42").ScrollIntoViewIfNeededAsync();
        await tab.HasReadAsync(newsroom.Feed, entry.Id);
        return entry;
    }
}
