using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>From the open desk to the reader's screen in seconds.</summary>
public sealed class WritingTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task Breaking_news_takes_two_keys_beside_the_typing(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var reader = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await reader.GoLiveAsync(newsroom.Feed);
        await using var desk = await chromium.SignInAsync(newsroom, new Reading(Width: 360));
        await desk.Page.ReloadAsync();
        // The cursor stands in the headline.
        await Expect(desk.Field("Headline")).ToBeFocusedAsync();
        await desk.Page.Locator("#feed").SelectOptionAsync(newsroom.Feed);
        await desk.Field("Headline").FocusAsync();

        await desk.Page.Keyboard.TypeAsync("Harbour bridge closed");
        await desk.Page.Keyboard.PressAsync("Alt+2");
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await reader.ShowsAsync("Harbour bridge closed");
        await Expect(reader.Item("Harbour bridge closed").Locator(".entry-kind")).ToHaveTextAsync("Breaking");
        await desk.SaysAsync("Published.");
        // And for the next one.
        await Expect(desk.Field("Headline")).ToBeFocusedAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Radio, new() { Name = "Update" })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Who_writes_what_is_on_the_air_already_is_told_before_it_is_there_twice()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("Three hurt in the harbour fire");
        await using var desk = await chromium.SignInAsync(newsroom);
        await Expect(desk.Page.Locator("#entries li")).ToHaveCountAsync(1);

        await desk.Field("Headline").FillAsync("THREE HURT IN HARBOUR FIRE");
        await desk.Field("Headline").PressAsync("Control+Enter");
        await desk.SaysAsync("Nearly the same is on the air");
        await desk.SaysAsync("Three hurt in the harbour fire");
        Assert.Single((await newsroom.ListAsync()).Entries);

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Publish it all the same" }).ClickAsync();
        await desk.SaysAsync("Published.");
        await desk.ShowsAsync("THREE HURT IN HARBOUR FIRE", "Three hurt in the harbour fire");
    }

    [Fact]
    public async Task What_was_just_published_can_be_edited_with_its_text_before_the_list_is_read_again()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var desk = await chromium.SignInAsync(newsroom);
        desk.Expect("Failed to load resource");
        await desk.Page.RouteAsync("**/entries?limit=*", route => route.AbortAsync());
        await desk.Field("Headline").FillAsync("Ferry late");
        await desk.Field("Text").FillAsync("By an hour.");
        await desk.Field("Headline").PressAsync("Control+Enter");
        await desk.SaysAsync("Published.");

        await desk.PressAsync("Edit: Ferry late");
        await Expect(desk.Field("Text")).ToHaveTextAsync("By an hour.");
    }

    [Fact]
    public async Task The_keys_are_listed()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var desk = await chromium.SignInAsync(newsroom);
        await desk.Field("Headline").PressAsync("?");
        await Expect(desk.Field("Headline")).ToHaveValueAsync("?");

        await desk.Page.Locator("#feed").FocusAsync();
        await desk.Page.EvaluateAsync("() => document.activeElement.blur()");
        await desk.Page.Keyboard.PressAsync("?");
        await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Alt + 2");
        Assert.Empty(await desk.BrokenRulesAsync("the list of keys"));
        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await desk.Page.Keyboard.PressAsync("n");
        await Expect(desk.Field("Headline")).ToBeFocusedAsync();
        await desk.Field("Headline").FillAsync("With the preview");
        await Expect(desk.Page.Locator("#preview")).ToBeVisibleAsync();
        Assert.Empty(await desk.BrokenRulesAsync("writing"));
    }
}
