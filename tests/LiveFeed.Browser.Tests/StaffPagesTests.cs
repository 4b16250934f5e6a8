using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using OtpNet;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>How somebody comes to the newsroom, from the invitation to their first item.</summary>
public sealed class StaffPagesTests(Servers servers, Chromium chromium)
{
    [Fact]
    public async Task From_the_servers_link_over_an_invitation_to_a_published_item_on_a_narrow_telephone()
    {
        const int width = 360;
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var admin = await chromium.SignInAsync(newsroom, new Reading(Width: width));
        var broken = new List<string>();
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await admin.Field("Name, as it stands on what they write").FillAsync("Ann Ågren");
        await admin.Field("Role").SelectOptionAsync("editor");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        var link = await admin.Field("Invitation").InputValueAsync();
        await CheckAsync(admin, "people, invited");

        await using var ann = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(Width: width));
        ann.Expect("401|403|400");
        await ann.GoAsync(new Uri(link).PathAndQuery);
        await CheckAsync(ann, "join");
        await ann.Field("Password").FillAsync("four words by the sea");
        await ann.Field("The same again").FillAsync("four words by the sea");
        await ann.Field("The same again").PressAsync("Enter");
        await ann.IsLiveAsync();
        await ann.Page.Locator("#feed").SelectOptionAsync(newsroom.Feed);
        await ann.IsLiveAsync();
        await ann.Field("Headline").FillAsync("Ann's first");
        await ann.Field("Headline").PressAsync("Control+Enter");
        await ann.ShowsAsync("Ann's first");
        await Expect(ann.Page.GetByRole(AriaRole.Link, new() { Name = "People" })).ToHaveCountAsync(0);

        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Ann Ågren" }).ClickAsync();
        await CheckAsync(ann, "account");
        await ann.Page.Locator("#codes-current").FillAsync("four words by the sea");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        var key = (await ann.Page.Locator("p:has-text('Key:') code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await CheckAsync(ann, "account, codes being set up");
        var app = new Totp(Base32Encoding.ToBytes(key));
        await ann.Field("The code that your app shows").FillAsync(app.ComputeTotp(DateTime.UtcNow.AddSeconds(-30)));
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await Expect(ann.Page.Locator(".account-codes li")).ToHaveCountAsync(10);

        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await CheckAsync(ann, "sign in");
        await ann.Field("Name or e-mail").FillAsync("ann ågren");
        await ann.Field("Password").FillAsync("wrong wrong wrong");
        await ann.Field("Password").PressAsync("Enter");
        await Expect(ann.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is wrong");
        await ann.Field("Password").FillAsync("four words by the sea");
        await ann.Field("Password").PressAsync("Enter");
        await CheckAsync(ann, "second step");
        await ann.Field("The code that your app shows").FillAsync(app.ComputeTotp(DateTime.UtcNow));
        await ann.Field("The code that your app shows").PressAsync("Enter");
        await ann.IsLiveAsync();

        await admin.GoAsync("/desk/people");
        await Expect(admin.Page.Locator(".account-people li")).ToContainTextAsync("with a code of an app");
        await admin.Page.GetByLabel("More: Ann Ågren").ClickAsync();
        await CheckAsync(admin, "people, more");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Remove: Ann Ågren" }).ClickAsync();
        await ann.GoAsync("/desk");
        await Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.True(broken.Count == 0, string.Join('\n', broken.Distinct()));

        async Task CheckAsync(Tab tab, string state)
        {
            await tab.StaysWithinItsWidthAsync();
            broken.AddRange(await tab.BrokenRulesAsync(state));
        }
    }
}
