using System.Net.Http.Json;
using System.Text.Json;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>What staff do in a tab that shows the desk.</summary>
internal static class AtTheDesk
{
    /// <summary>Opens the desk at the newsroom's feed, signed in by a link.</summary>
    public static async Task<Tab> SignInAsync(this Chromium chromium, Newsroom newsroom, Reading? with = null)
    {
        var node = await newsroom.OpenDeskAsync();
        var tab = await chromium.OpenAsync(node.Address, with);
        await tab.GoAsync(await LinkAsync(node));
        // By what it is: what it is called, each language says otherwise.
        await tab.Page.Locator("form:has([name=link]) button").ClickAsync();
        return await tab.AtFeedAsync(newsroom);
    }

    /// <summary>Invites somebody and opens the desk for them at the newsroom's feed, on the same node for all.</summary>
    public static async Task<Tab> JoinAsync(this Chromium chromium, Newsroom newsroom, Node node, string name, DeskRole role, Reading? with = null)
    {
        using var invited = await newsroom.Desk.PostAsJsonAsync("/api/people", new { name, role = role.ToString().ToLowerInvariant() });
        var link = (await Newsroom.ReadAsync<JsonElement>(invited)).GetProperty("link").GetString()!;
        var tab = await chromium.OpenAsync(node.Address, with);
        await tab.GoAsync(new Uri(node.Address, link).PathAndQuery);
        foreach (var label in new[] { "Password", "The same again" })
        {
            await tab.Field(label).FillAsync("four words by the sea");
        }

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        return await tab.AtFeedAsync(newsroom);
    }

    private static async Task<Tab> AtFeedAsync(this Tab tab, Newsroom newsroom)
    {
        // The browser warns of a line that is given up while it is being made, as the first feed's would be here.
        await tab.IsLiveAsync();
        await tab.Page.Locator("#feed").SelectOptionAsync(newsroom.Feed);
        await tab.IsLiveAsync();
        return tab;
    }

    /// <summary>Opens the desk in one more tab of somebody who is signed in.</summary>
    public static async Task<Tab> OpenDeskAgainAsync(this Tab first, Newsroom newsroom)
    {
        var tab = await first.OpenAnotherAsync();
        await tab.GoAsync($"/desk?feed={newsroom.Feed}");
        await tab.IsLiveAsync();
        return tab;
    }

    /// <summary>The address of a new one-time link.</summary>
    public static async Task<string> LinkAsync(Node node) =>
        $"/desk/sign-in?link={await node.Services.GetRequiredService<SignInLinks>().CreateAsync(CancellationToken.None)}";

    public static ILocator Field(this Tab tab, string label) => tab.Page.GetByLabel(label, new() { Exact = true });

    /// <summary>Presses a button in the list of recent items.</summary>
    public static Task PressAsync(this Tab tab, string action) =>
        tab.Page.Locator("#entries").GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();

    /// <summary>A draft in the list of what isn't on the air yet.</summary>
    public static ILocator Draft(this Tab tab, string title) => tab.Page.Locator("#drafts li").Filter(new() { HasText = title });

    /// <summary>Presses a button of a draft in that list.</summary>
    public static Task PressDraftAsync(this Tab tab, string action, string title) =>
        tab.Draft(title).GetByRole(AriaRole.Button, new() { Name = $"{action}: {title}", Exact = true }).ClickAsync();

    /// <summary>What was left unfinished on the device.</summary>
    public static ILocator Unfinished(this Tab tab) => tab.Page.Locator(".desk-unfinished li");

    public static Task SaysAsync(this Tab tab, string word) => Expect(tab.Page.Locator(".desk-notice")).ToContainTextAsync(word);
}
