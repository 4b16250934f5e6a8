using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What is being written is seen as readers will see it, before it is sent.</summary>
public sealed class PreviewTests(Servers servers, Chromium chromium)
{
    [Fact]
    public async Task The_preview_follows_what_is_written_and_looks_as_the_reader_s_page_does()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await chromium.SignInAsync(newsroom);
        await Expect(tab.Page.Locator("#preview")).ToBeHiddenAsync();
        await tab.Field("Headline").FillAsync("The mayor speaks");
        await tab.Field("Headline").PressAsync("Alt+3");
        await tab.Page.GetByLabel(new Regex("^Text")).FillAsync("We will rebuild.");
        var shown = tab.Page.FrameLocator("#preview iframe").Locator(".entry");
        await Expect(shown.Locator("blockquote")).ToHaveTextAsync("We will rebuild.");
        await Expect(tab.Page.Locator("#preview")).ToContainTextAsync("As readers will see it");

        // As wide as a telephone at first; a desktop's page is shown whole, however little room there is for it.
        var phone = await WidthAsync(shown);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Desktop" }).ClickAsync();
        Assert.InRange(phone, 250, 360);
        Assert.InRange(await WidthAsync(shown), 600, 960);
        await tab.StaysWithinItsWidthAsync();

        // A link in it doesn't lead away.
        await shown.Locator(".entry-permalink").ClickAsync(new() { Force = true });
        await Expect(shown.Locator("blockquote")).ToHaveTextAsync("We will rebuild.");

        await tab.Field("Headline").PressAsync("Control+Enter");
        await tab.SaysAsync("Published.");
        await Expect(tab.Page.Locator("#preview")).ToBeHiddenAsync();
        await tab.PressAsync("Correct: The mayor speaks");
        await tab.Field("Headline").FillAsync("The deputy speaks");
        await tab.Field("What was wrong (readers see this)").FillAsync("It was the deputy.");
        await Expect(shown.Locator(".entry-correction")).ToContainTextAsync("It was the deputy.");
        await Expect(shown.Locator(".entry-headline")).ToHaveTextAsync("The deputy speaks");
    }

    private static Task<double> WidthAsync(ILocator shown) => shown.EvaluateAsync<double>("entry => entry.offsetWidth");
}
