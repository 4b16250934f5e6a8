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

    [Fact]
    public async Task Feeds_keys_and_history_are_at_hand_on_a_narrow_telephone()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var entry = await newsroom.PublishAsync(new { headline = "Ten hurt in mill fire", body = "It *burns*." });
        await newsroom.CorrectAsync(entry, new { headline = "Nine hurt in mill fire", note = "It was nine." });
        await using var admin = await chromium.SignInAsync(newsroom, new Reading(Width: 360));
        var broken = new List<string>();

        await admin.Page.Locator("#feed").SelectOptionAsync(newsroom.Feed);
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "History: Nine hurt in mill fire" }).ClickAsync();
        await Expect(admin.Page.Locator("del")).ToContainTextAsync("Ten");
        await admin.Page.GetByLabel("Revision 1 as readers had it").ClickAsync();
        await CheckAsync("an item's history");
        await admin.Page.Locator("h3 a").Last.ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Ten hurt in mill fire" })).ToBeVisibleAsync();
        await CheckAsync("what readers saw");

        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Keys" }).ClickAsync();
        await admin.Field("Whose it is; it stands on what is written with it").FillAsync("The wire");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        Assert.StartsWith("lf_", await admin.Page.Locator("#secret").InputValueAsync(), StringComparison.Ordinal);
        await admin.Page.GetByLabel("Revoke: The wire").ClickAsync();
        await CheckAsync("keys");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke for good: The wire" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("revoked");

        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Feeds" }).ClickAsync();
        await admin.Field("Its name in addresses: a–z, 0–9 and hyphens. It stays for good").FillAsync("flood");
        await admin.Page.Locator("#title-new").FillAsync("The flood");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Open the feed" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The flood is open");
        await admin.Page.GetByLabel("Describe: The flood").ClickAsync();
        await CheckAsync("feeds");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Archive: The flood" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The flood is archived");
        Assert.True(broken.Count == 0, string.Join('\n', broken.Distinct()));

        async Task CheckAsync(string state)
        {
            await admin.StaysWithinItsWidthAsync();
            broken.AddRange(await admin.BrokenRulesAsync(state));
        }
    }

    [Theory, InlineData("ar"), InlineData("ja")]
    public async Task Staff_find_their_way_in_their_own_language_on_a_narrow_telephone(string language)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var entry = await newsroom.PublishAsync(new { headline = "Ten hurt in mill fire", body = "It *burns*." });
        await newsroom.CorrectAsync(entry, new { headline = "Nine hurt in mill fire", note = "It was nine." });
        using var invited = await newsroom.Desk.PostAsJsonAsync("/api/people", new { name = "Ann", role = "admin", email = "ann@example.org" });
        var link = (await Newsroom.ReadAsync<JsonElement>(invited)).GetProperty("link").GetString()!;
        await using var ann = await chromium.OpenAsync(newsroom.Tickers[0], new Reading(Width: 360, Locale: language));
        ann.Expect("401");
        var broken = new List<string>();

        await ann.GoAsync("/desk");
        await CheckAsync("sign in");
        await ann.GoAsync(new Uri(link).PathAndQuery);
        await CheckAsync("join");
        await ann.Page.Locator("#password").FillAsync("four words by the sea");
        await ann.Page.Locator("#again").FillAsync("four words by the sea");
        await ann.Page.Locator("#again").PressAsync("Enter");
        await ann.IsLiveAsync();
        await ann.GoAsync("/desk/people");
        await ann.Page.Locator("#name").FillAsync("Ben");
        await ann.Page.Locator("#name").PressAsync("Enter");
        await ann.Page.Locator(".account-people summary").First.ClickAsync();
        await CheckAsync("people");
        await ann.GoAsync("/desk/account");
        await ann.Page.Locator("#codes-current").FillAsync("four words by the sea");
        await ann.Page.Locator("#codes-current").PressAsync("Enter");
        await CheckAsync("account");
        foreach (var page in new[] { "keys", "feeds", "readers", $"history?feed={newsroom.Feed}", $"history/{newsroom.Feed}/{entry.Id}" })
        {
            await ann.GoAsync($"/desk/{page}");
            await CheckAsync(page);
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken.Distinct()));

        async Task CheckAsync(string state)
        {
            await Expect(ann.Page.Locator("html")).ToHaveAttributeAsync("dir", language == "ar" ? "rtl" : "ltr");
            await ann.StaysWithinItsWidthAsync();
            broken.AddRange(await ann.BrokenRulesAsync(state));
        }
    }
}
