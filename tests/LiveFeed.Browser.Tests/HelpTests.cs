using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Where a reader finds the keys, and chooses how breaking news reach them.</summary>
public sealed class HelpTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task A_key_and_a_button_show_the_keys(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        var button = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help", Exact = true });
        var dialog = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys and settings" });
        await Expect(button).ToBeVisibleAsync();

        await tab.Page.Keyboard.PressAsync("?");
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog.Locator("kbd")).ToHaveTextAsync(["j", "k", "n", "p", "?"]);
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();

        await button.ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_choice_to_hear_breaking_news_at_once_is_remembered()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        var choice = tab.Page.GetByRole(AriaRole.Checkbox);
        foreach (var before in new[] { false, true })
        {
            await tab.GoLiveAsync(newsroom.Feed);
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help", Exact = true }).ClickAsync();
            await Expect(choice).ToBeCheckedAsync(new() { Checked = before });
            await choice.SetCheckedAsync(true);
        }
    }
}
