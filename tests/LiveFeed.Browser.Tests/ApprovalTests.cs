using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>A reporter's and an editor's day.</summary>
public sealed class ApprovalTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task A_reporter_submits_and_an_editor_sends_back_and_publishes(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var node = await newsroom.OpenDeskAsync();
        await using var ann = await chromium.JoinAsync(newsroom, node, "Ann", DeskRole.Reporter, new Reading(Width: 360));
        await using var bo = await chromium.JoinAsync(newsroom, node, "Bo", DeskRole.Editor);
        await using var reader = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await reader.GoLiveAsync(newsroom.Feed);

        await ann.Field("Headline").FillAsync("Ferry aground");
        await ann.Field("Headline").PressAsync("Control+Enter");
        await ann.SaysAsync("It waits for an editor.");
        await Expect(ann.Draft("Ferry aground")).ToContainTextAsync("Waits for an editor");
        await ann.StaysWithinItsWidthAsync();

        await Expect(bo.Draft("Ferry aground")).ToContainTextAsync("Ann");
        await bo.PressDraftAsync("Send back", "Ferry aground");
        await bo.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("Which ferry?");
        await bo.Page.GetByRole(AriaRole.Button, new() { Name = "Send it back" }).ClickAsync();

        await Expect(ann.Draft("Ferry aground")).ToContainTextAsync("Which ferry?");
        await ann.PressDraftAsync("Open", "Ferry aground");
        await Expect(ann.Field("Headline")).ToHaveValueAsync("Ferry aground");
        await ann.Field("Headline").FillAsync("Night ferry aground");
        await ann.Field("Headline").PressAsync("Control+Enter");
        await Expect(ann.Draft("Night ferry aground")).ToContainTextAsync("Waits for an editor");

        await bo.PressDraftAsync("Publish", "Night ferry aground");
        await bo.SaysAsync("Published.");
        await reader.ShowsAsync("Night ferry aground");
        await Expect(ann.Page.Locator("#drafts")).ToBeHiddenAsync();
        Assert.Single((await newsroom.ListAsync()).Entries);
    }

    [Fact]
    public async Task What_is_written_is_on_the_server_at_every_pause_and_goes_on_at_another_device()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var telephone = await chromium.SignInAsync(newsroom, new Reading(Width: 360));
        await telephone.Field("Headline").FillAsync("From the harbour");
        await telephone.Field("Link to read on").FillAsync("https://harbour.example/");
        await Expect(telephone.Page.GetByText("Kept as a draft")).ToBeVisibleAsync();

        await using var desktop = await chromium.SignInAsync(newsroom);
        desktop.Expect("412");
        telephone.Expect("412");
        await desktop.PressDraftAsync("Open", "From the harbour");
        await Expect(desktop.Field("Link to read on")).ToHaveValueAsync("https://harbour.example/");
        await desktop.Field("Headline").FillAsync("From the harbour, at noon");
        await Expect(desktop.Page.GetByText("Kept as a draft")).ToBeVisibleAsync();

        // Nobody's words go under: who wrote second is asked.
        await telephone.Field("Headline").FillAsync("From the old harbour");
        await telephone.SaysAsync("wrote in this draft too.");
        await telephone.Page.GetByRole(AriaRole.Button, new() { Name = "Take theirs" }).ClickAsync();
        await Expect(telephone.Field("Headline")).ToHaveValueAsync("From the harbour, at noon");

        await telephone.Field("Headline").PressAsync("Control+Enter");
        await telephone.SaysAsync("Published.");
        Assert.Equal(["From the harbour, at noon"], (await newsroom.ListAsync()).Entries.Select(entry => entry.Headline));
        // On the air once: what the other device still has of it is no draft any more.
        await using var third = await chromium.SignInAsync(newsroom);
        await Expect(third.Page.Locator("#drafts")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Two_editors_in_one_item_see_each_other()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("Two hurt");
        await using var ann = await chromium.JoinAsync(newsroom, newsroom.Nodes[0], "Ann", DeskRole.Editor);
        await using var bo = await chromium.JoinAsync(newsroom, newsroom.Nodes[0], "Bo", DeskRole.Editor);

        await ann.PressAsync("Edit: Two hurt");
        await Expect(bo.Page.Locator("#entries")).ToContainTextAsync("Ann is changing this");
        await bo.PressAsync("Edit: Two hurt");
        await bo.SaysAsync("Ann is changing this item too.");
        await Expect(ann.Page.Locator("#entries")).ToContainTextAsync("Bo is changing this");

        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(bo.Page.Locator("#entries")).Not.ToContainTextAsync("Ann is changing this");
    }

    [Fact]
    public async Task An_item_is_scheduled_and_goes_on_the_air_by_itself()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var desk = await chromium.SignInAsync(newsroom);
        await ScheduleAsync("Polls closed", TimeSpan.FromDays(1));
        await Expect(desk.Draft("Polls closed")).ToContainTextAsync("Goes on the air");
        await desk.PressDraftAsync("Take off the schedule", "Polls closed");
        await Expect(desk.Draft("Polls closed")).ToContainTextAsync("Waits for an editor");
        Assert.Empty((await newsroom.ListAsync()).Entries);

        await ScheduleAsync("Polls open", TimeSpan.FromSeconds(4));
        await desk.ShowsAsync("Polls open");

        async Task ScheduleAsync(string headline, TimeSpan after)
        {
            await desk.Field("Headline").FillAsync(headline);
            await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Publish later" }).ClickAsync();
            await desk.Field("Time zone").SelectOptionAsync("UTC");
            await desk.Field("On the air at").FillAsync((DateTimeOffset.UtcNow + after).ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
            await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Schedule it" }).ClickAsync();
            await desk.SaysAsync("It is scheduled.");
        }
    }
}
