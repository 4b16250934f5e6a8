using System.Net.Http.Json;
using System.Text.Json;
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

    [Fact]
    public async Task A_passkey_is_made_once_and_then_signs_in_with_one_press()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        using var invited = await newsroom.Desk.PostAsJsonAsync("/api/people", new { name = "Ben", role = "editor" });
        var link = (await Newsroom.ReadAsync<JsonElement>(invited)).GetProperty("link").GetString()!;
        // A passkey belongs to a name, and an address in numbers is none.
        await using var ben = await chromium.OpenAsync(new UriBuilder(newsroom.Tickers[0]) { Host = "localhost" }.Uri, new Reading(Width: 360));
        ben.Expect("401|403");
        await ben.HasAuthenticatorAsync();
        await ben.GoAsync(new Uri(link).PathAndQuery);
        await ben.Field("Password").FillAsync("four words by the sea");
        await ben.Field("The same again").FillAsync("four words by the sea");
        await ben.Field("The same again").PressAsync("Enter");
        await ben.IsLiveAsync();

        await ben.GoAsync("/desk/account");
        await ben.Field("What to call it").FillAsync("Ben's telephone");
        await ben.Page.Locator("#passkey-current").FillAsync("not my password at all");
        await ben.PressAsync("Make a passkey", within: "main");
        await Expect(ben.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your password is wrong");
        await ben.Page.Locator("#passkey-current").FillAsync("four words by the sea");
        await ben.PressAsync("Make a passkey", within: "main");
        await Expect(ben.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is kept");
        await Expect(ben.Page.GetByLabel("Your passkeys")).ToContainTextAsync("not used yet");
        await ben.Page.GetByLabel("Remove: Ben's telephone").ClickAsync();
        await ben.StaysWithinItsWidthAsync();
        Assert.Empty(await ben.BrokenRulesAsync("account, with a passkey"));

        await ben.PressAsync("Sign out", within: "header");
        await Expect(ben.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" })).ToBeVisibleAsync();
        await ben.StaysWithinItsWidthAsync();
        Assert.Empty(await ben.BrokenRulesAsync("sign in, with a passkey"));
        await ben.PressAsync("Sign in with a passkey", within: "main");
        await ben.IsLiveAsync();

        // Removed here, it opens nothing, though the telephone still has it.
        await ben.GoAsync("/desk/account");
        await ben.Page.GetByLabel("Remove: Ben's telephone").ClickAsync();
        await ben.Page.Locator("details[open] input[type=password]").FillAsync("four words by the sea");
        await ben.PressAsync("Remove passkey: Ben's telephone", within: "main");
        await Expect(ben.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is removed");
        await ben.PressAsync("Sign out", within: "header");
        await ben.PressAsync("Sign in with a passkey", within: "main");
        await Expect(ben.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("isn't known here");
    }
}
