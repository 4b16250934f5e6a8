using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Who reads with the keyboard keeps their place.</summary>
public sealed class KeyboardTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task The_focus_stays_on_an_item_that_is_edited_and_withdrawn_under_it(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var entry = await newsroom.PublishAsync("Bridge closed");
        await using var tab = await OpenAsync(newsroom);
        var article = tab.Page.Locator($"#entry-{entry.Id}");
        await tab.Page.Keyboard.PressAsync("j");
        await Expect(article).ToBeFocusedAsync();

        var edited = await newsroom.EditAsync(entry, new { headline = "Bridge open" });
        await tab.ShowsAsync("Bridge open");
        await Expect(article).ToBeFocusedAsync();

        await newsroom.RetractAsync(edited);
        await Expect(article.Locator(".entry-withdrawn")).ToHaveCountAsync(1);
        await Expect(article).ToBeFocusedAsync();
    }

    [Theory, BothModes]
    public async Task P_pauses_and_n_shows_what_waits_but_not_with_control(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await OpenAsync(newsroom);
        // Keys come one after the other: had the first done anything, the second would undo it.
        await tab.Page.Keyboard.PressAsync("Control+p");
        await tab.Page.Keyboard.PressAsync("p");
        await Expect(tab.Status).ToHaveAttributeAsync("data-state", "paused");

        await newsroom.PublishAsync("Buses run");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "1 new update" })).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("n");

        await tab.ShowsAsync("Buses run", "Bridge closed");
        await Expect(tab.Item("Buses run").Locator("article")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_is_typed_into_a_field_is_text_and_nothing_else()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await OpenAsync(newsroom);
        await tab.Page.EvaluateAsync("() => document.querySelector('main').insertAdjacentHTML('afterbegin', '<input><textarea></textarea><p contenteditable></p><select><option>j<option>k</select>')");
        foreach (var field in new[] { "input", "textarea" })
        {
            await tab.Page.Locator($"main > {field}").PressSequentiallyAsync("jknp?");
            await Expect(tab.Page.Locator($"main > {field}")).ToHaveValueAsync("jknp?");
        }

        await tab.Page.Locator("main > [contenteditable]").PressSequentiallyAsync("jknp?");
        await Expect(tab.Page.Locator("main > [contenteditable]")).ToHaveTextAsync("jknp?");
        await tab.Page.Locator("main > select").PressAsync("k");
        await Expect(tab.Page.Locator("main > select")).ToHaveValueAsync("k");

        await NothingWasDoneAsync(tab);
    }

    [Fact]
    public async Task While_the_help_is_open_its_keys_do_nothing_behind_it()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("Bridge closed");
        await using var tab = await OpenAsync(newsroom);
        await tab.Page.Keyboard.PressAsync("?");
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        await tab.Page.Keyboard.PressAsync("p");
        await tab.Page.Keyboard.PressAsync("Escape");

        await NothingWasDoneAsync(tab);
    }

    /// <summary>A second press of p would undo a first that wasn't meant.</summary>
    private static async Task NothingWasDoneAsync(Tab tab)
    {
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await tab.Page.Locator("h1").ClickAsync();
        await tab.Page.Keyboard.PressAsync("p");
        await Expect(tab.Status).ToHaveAttributeAsync("data-state", "paused");
    }

    private async Task<Tab> OpenAsync(Newsroom newsroom)
    {
        var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help", Exact = true })).ToBeVisibleAsync();
        return tab;
    }
}
