using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>No word is lost and nothing goes on the air twice, whatever becomes of the tab.</summary>
public sealed class UnfinishedTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task What_was_on_its_way_when_the_tab_was_closed_goes_on_the_air_once(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var first = await chromium.SignInAsync(newsroom);
        first.Expect("Failed to load resource");
        // The server takes it, and the writer never hears of it.
        await first.Page.RouteAsync("**/entries", async route =>
        {
            if (route.Request.Method == "POST")
            {
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await first.Field("Headline").FillAsync("Harbour closed");
        await first.Field("Headline").PressAsync("Control+Enter");
        await first.SaysAsync("Not live yet");
        await first.ShowsAsync("Harbour closed");
        await first.Page.CloseAsync();

        await using var second = await first.OpenDeskAgainAsync(newsroom);
        await second.SaysAsync("Published. It was on its way when its tab was closed: Harbour closed");
        await Expect(second.Unfinished()).ToHaveCountAsync(0);
        await Expect(second.Field("Headline")).ToHaveValueAsync("");
        Assert.Equal(["Harbour closed"], (await newsroom.ListAsync()).Entries.Select(entry => entry.Headline));
    }

    [Fact]
    public async Task What_was_being_written_when_the_tab_was_closed_can_be_gone_on_with()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var posted = await newsroom.PublishAsync("Two hurt");
        await using var first = await chromium.SignInAsync(newsroom);
        await first.PressAsync("Edit: Two hurt");
        await first.Field("Headline").FillAsync("Three hurt");
        await first.Page.CloseAsync();
        await newsroom.EditAsync(posted, new { body = "In the harbour." });

        await using var second = await first.OpenDeskAgainAsync(newsroom);
        second.Expect("412");
        await second.Field("Headline").FillAsync("Something else");
        await Expect(second.Unfinished()).ToContainTextAsync("Three hurt");
        await second.Unfinished().GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(second.Field("Headline")).ToHaveValueAsync("Three hurt");
        // What was in the form has taken its place.
        await Expect(second.Unfinished()).ToContainTextAsync("Something else");
        await second.Page.ReloadAsync();
        await Expect(second.Field("Headline")).ToHaveValueAsync("Three hurt");

        await second.Field("Headline").PressAsync("Control+Enter");
        await Expect(second.Page.Locator(".desk-dispute")).ToContainTextAsync("The form now has their changes and yours.");
        await second.Field("Headline").PressAsync("Control+Enter");
        await second.SaysAsync("Saved.");
        await Expect(second.Item("Three hurt").Locator(".entry-body")).ToHaveTextAsync("In the harbour.");

        await second.Unfinished().GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await second.Unfinished().GetByRole(AriaRole.Button, new() { Name = "Discard for good" }).ClickAsync();
        await Expect(second.Unfinished()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Two_tabs_write_each_on_their_own()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var first = await chromium.SignInAsync(newsroom);
        await using var second = await first.OpenDeskAgainAsync(newsroom);
        await first.Field("Headline").FillAsync("In the first");
        await second.Field("Headline").FillAsync("In the second");
        await Expect(second.Unfinished()).ToHaveCountAsync(0);

        await first.Page.ReloadAsync();
        await second.Page.ReloadAsync();
        await Expect(first.Field("Headline")).ToHaveValueAsync("In the first");
        await Expect(second.Field("Headline")).ToHaveValueAsync("In the second");

        await first.Page.CloseAsync();
        await second.Page.ReloadAsync();
        await Expect(second.Unfinished()).ToContainTextAsync("In the first");
    }

    [Fact]
    public async Task What_was_refused_after_the_tab_was_closed_says_why()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var first = await chromium.SignInAsync(newsroom);
        first.Expect("Failed to load resource");
        await first.Page.RouteAsync("**/entries", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await first.Field("Headline").FillAsync("Read on");
        await first.Field("Link to read on").FillAsync("javascript:alert(1)");
        await first.Field("Headline").PressAsync("Control+Enter");
        await first.SaysAsync("Not live yet");
        await first.Page.CloseAsync();

        await using var second = await first.OpenDeskAgainAsync(newsroom);
        second.Expect("422|400");
        await Expect(second.Unfinished()).ToContainTextAsync("https");
        await second.Unfinished().GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await second.SaysAsync("It was not published.");
        await Expect(second.Field("Link to read on")).ToHaveValueAsync("javascript:alert(1)");
        Assert.Empty((await newsroom.ListAsync()).Entries);
    }
}
