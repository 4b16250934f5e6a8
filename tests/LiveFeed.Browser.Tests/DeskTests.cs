using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What staff do at the desk's page, with the readers' ticker beside it.</summary>
public sealed class DeskTests(Servers servers, Chromium chromium)
{
    [Fact]
    public async Task A_sign_in_link_works_once_and_signing_out_ends_it()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var link = await AtTheDesk.LinkAsync(newsroom.Nodes[0]);
        await using (var tab = await chromium.OpenAsync(newsroom.Tickers[0]))
        {
            tab.Expect("401");
            await tab.GoAsync("/desk");
            await Expect(tab.Page.Locator("main")).ToContainTextAsync("Sign in with the one-time link");

            // To open the link doesn't use it up: chats and mail scanners do that.
            await tab.GoAsync(link);
            await tab.GoAsync(link);
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "New item" })).ToBeVisibleAsync();

            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await Expect(tab.Page.Locator("main")).ToContainTextAsync("Sign in with the one-time link");
            await tab.GoAsync("/desk");
            await Expect(tab.Page.Locator("main")).ToContainTextAsync("Sign in with the one-time link");
        }

        await using var second = await chromium.OpenAsync(newsroom.Tickers[0]);
        second.Expect("403|401");
        await second.GoAsync(link);
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This link has been used");
        await second.GoAsync("/desk");
        await Expect(second.Page.Locator("main")).ToContainTextAsync("Sign in with the one-time link");
    }

    [Fact]
    public async Task The_desk_runs_no_script_but_its_own_and_stands_in_no_frame()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        foreach (var path in new[] { "/desk", "/desk/sign-in", await AtTheDesk.LinkAsync(newsroom.Nodes[0]) })
        {
            using var answer = await newsroom.Desk.GetAsync(new Uri(path, UriKind.Relative));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_written_edited_corrected_pinned_and_withdrawn_shows_on_the_ticker_beside()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("Written by another");
        await using var tab = await chromium.SignInAsync(newsroom);
        var ticker = tab.Page.Locator("#air");
        await tab.ShowsAsync("Written by another");

        await tab.Field("Headline").FillAsync("Ferry late");
        await tab.Field("Text").PressSequentiallyAsync("By ");
        await tab.Field("Text").PressAsync("Control+i");
        await tab.Field("Text").PressSequentiallyAsync("an hour");
        await tab.Field("Text").PressAsync("Control+Enter");
        await Expect(tab.Page.GetByText("Published.", new() { Exact = true })).ToBeVisibleAsync();
        await tab.ShowsAsync("Ferry late", "Written by another");
        await Expect(ticker.Locator(".entry-body em")).ToHaveTextAsync("an hour");
        await Expect(tab.Field("Headline")).ToHaveValueAsync("");

        await tab.PressAsync("Edit: Ferry late");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Markdown" }).ClickAsync();
        await tab.Field("Text").FillAsync("By *two hours*.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(ticker.Locator(".entry-body em")).ToHaveTextAsync("two hours");
        await Expect(tab.Item("Ferry late").Locator(".entry-updated")).ToContainTextAsync("Updated:");

        await tab.PressAsync("Correct: Ferry late");
        await tab.Field("Headline").FillAsync("Ferry on time");
        await tab.Field("What was wrong (readers see this)").FillAsync("The ferry was never late.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Publish correction" }).ClickAsync();
        await Expect(tab.Item("Ferry on time").Locator(".entry-correction")).ToContainTextAsync("The ferry was never late.");

        await tab.PressAsync("Pin: Written by another");
        await tab.ShowsAsync("Written by another", "Ferry on time");

        await tab.PressAsync("Withdraw: Ferry on time");
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("There is no ferry.");
        await Expect(tab.Page.Locator("dialog .entry-retracted .entry-withdrawn")).ToContainTextAsync("This item was withdrawn at");
        await Expect(tab.Page.Locator("dialog .entry-retracted .entry-note")).ToHaveTextAsync("There is no ferry.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw it" }).ClickAsync();
        await Expect(ticker.Locator(".entry-note")).ToHaveTextAsync("There is no ferry.");
        await tab.ShowsAsync("Written by another");
        await Expect(tab.Page.Locator("#entries .desk-row-withdrawn")).ToHaveCountAsync(1);
        Assert.Equal(["Written by another", null], (await newsroom.ListAsync()).Entries.Select(entry => entry.Headline));
    }

    [Fact]
    public async Task Two_who_change_one_item_lose_nothing_of_what_either_wrote()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var posted = await newsroom.PublishAsync(new { headline = "Two hurt", body = "In the harbour." });
        await using var tab = await chromium.SignInAsync(newsroom);
        tab.Expect("412");

        await tab.PressAsync("Edit: Two hurt");
        await tab.Field("Headline").FillAsync("Three hurt");
        await newsroom.EditAsync(posted, new { headline = "Four hurt", body = "In the old harbour." });
        await tab.Field("Headline").PressAsync("Control+Enter");

        var dispute = tab.Page.Locator(".desk-dispute");
        // What it was, what it is now, and what was written here.
        await Expect(dispute.Locator("dd")).ToHaveTextAsync(["Two hurt", "Four hurt", "Three hurt"]);
        await Expect(tab.Field("Headline")).ToHaveValueAsync("Three hurt");
        await Expect(tab.Field("Text")).ToHaveTextAsync("In the old harbour.");
        await dispute.GetByRole(AriaRole.Button, new() { Name = "Take theirs: Headline" }).ClickAsync();
        await tab.Field("Text").FillAsync("In the old harbour, at noon.");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(tab.Item("Four hurt").Locator(".entry-body")).ToHaveTextAsync("In the old harbour, at noon.");
    }

    [Fact]
    public async Task A_refusal_is_shown_at_the_field_that_broke_the_rule()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await chromium.SignInAsync(newsroom);
        tab.Expect("422|400");

        await tab.Field("Headline").FillAsync("Read on");
        await tab.Field("Link to read on").FillAsync("javascript:alert(1)");
        await tab.Field("Link to read on").PressAsync("Control+Enter");
        await Expect(tab.Field("Link to read on")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(tab.Field("Headline")).ToHaveValueAsync("Read on");
        Assert.Empty((await newsroom.ListAsync()).Entries);
    }

    [Fact]
    public async Task No_page_scrolls_sideways_on_a_narrow_telephone()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, new { title = "Donaudampfschifffahrtsgesellschaftskapitänsversammlung in Neuburg", language = "de" });
        var unbroken = new string('W', 90);
        var posted = await newsroom.PublishAsync(new
        {
            headline = $"{unbroken} and more",
            body = $"{unbroken}\n\n```\n{unbroken}{unbroken}\n```\n\n| one | two | three | four | five | six |\n|---|---|---|---|---|---|\n| {unbroken} | 2 | 3 | 4 | 5 | 6 |\n\n> {unbroken}",
            byline = unbroken,
            link = $"https://example.org/{unbroken}",
            image = new { url = "https://pictures.example/wide.jpg", alt = "A wide one", caption = unbroken, credit = unbroken, width = 4000, height = 1000 },
            source = new { name = unbroken, url = "https://example.org/" },
            kind = "breaking",
            keyEvent = true,
            pinned = true,
        });
        await newsroom.CorrectAsync(posted, new { note = unbroken });
        await newsroom.RetractAsync(await newsroom.PublishAsync("Gone"), unbroken);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(Width: 360));
        foreach (var path in new[] { "/", $"/{newsroom.Feed}/{posted.Id}", await AtTheDesk.LinkAsync(newsroom.Nodes[0]) })
        {
            await tab.GoAsync(path);
            await tab.StaysWithinItsWidthAsync();
        }

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await tab.IsLiveAsync();
        await Expect(tab.Page.Locator("#entries li")).ToHaveCountAsync(2);
        await tab.StaysWithinItsWidthAsync();
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.StaysWithinItsWidthAsync();
    }
}
