using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Where a reader finds the keys, and what they do.</summary>
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
        var dialog = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys", Exact = true });
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

    [Theory, BothModes]
    public async Task Keys_can_be_turned_off_on_this_device(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        var help = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help", Exact = true });
        var dialog = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys", Exact = true });
        var article = tab.Item("Bridge closed").Locator("article");
        await help.ClickAsync();
        await dialog.GetByLabel("Use these keys").UncheckAsync();
        await tab.Page.Keyboard.PressAsync("Escape");

        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(help).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("?");
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(article).Not.ToBeFocusedAsync();
        await Expect(dialog).ToBeHiddenAsync();

        await help.ClickAsync();
        await dialog.GetByLabel("Use these keys").CheckAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(article).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Help_that_is_asked_for_while_the_line_is_down_comes_when_it_is_back()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        tab.Expect("net::ERR_INTERNET_DISCONNECTED");
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help", Exact = true })).ToBeVisibleAsync();
        await tab.SetOfflineAsync(true);
        var failed = new TaskCompletionSource();
        tab.Page.RequestFailed += (_, _) => failed.TrySetResult();

        await tab.Page.Keyboard.PressAsync("?");
        await failed.Task;
        await tab.SetOfflineAsync(false);

        await Expect(tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys", Exact = true })).ToBeVisibleAsync();
    }

    [Theory, BothModes]
    public async Task Keys_lead_from_item_to_item(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        foreach (var headline in new[] { "Third", "Second", "First" })
        {
            await newsroom.PublishAsync(headline);
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help", Exact = true })).ToBeVisibleAsync();
        foreach (var (key, headline) in new[] { ("j", "First"), ("j", "Second"), ("j", "Third"), ("k", "Second") })
        {
            await tab.Page.Keyboard.PressAsync(key);
            await Expect(tab.Item(headline).Locator("article")).ToBeFocusedAsync();
        }
    }
}
