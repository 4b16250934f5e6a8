using System.Globalization;
using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>The desk in the language that the writer's browser asks for.</summary>
public sealed class DeskLanguagesTests(Servers servers, Chromium chromium)
{
    // All that the script has put on the page: to be seen, to be heard, and to be shown by the mouse. What the feed's readers will have stays in the feed's language.
    private const string Collect =
        """
        () => [...document.querySelectorAll(':is(#write, #drafts, #entries, #preview) *, dialog, dialog *')]
          .filter(element => !element.closest('.desk-left, [lang="en"]'))
          .flatMap(element => [
            ...[...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data),
            ...['aria-label', 'title', 'placeholder', 'alt'].map(name => element.getAttribute(name) ?? ''),
          ])
          .filter(text => text.trim() !== '')
        """;

    [Theory]
    [InlineData("ar", "عبّارة عالقة في الميناء الليلة")]
    [InlineData("de", "Fähre liegt im Hafen fest")]
    [InlineData("ja", "フェリーが港で立ち往生しています")]
    [InlineData("uk", "Пором застряг у порту вночі")]
    public async Task An_item_is_written_and_published_without_a_word_of_English(string language, string headline)
    {
        var words = DeskWords.In(language);
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var desk = await chromium.SignInAsync(newsroom, new Reading(Width: 360, Locale: language));
        var (page, dialog) = (desk.Page, desk.Page.GetByRole(AriaRole.Dialog));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", language == "ar" ? "rtl" : "ltr");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = words["editor.new"], Exact = true })).ToBeVisibleAsync();
        await HasNoEnglishAsync(desk, language, "a new item");

        // Refused by the server, told by the desk.
        desk.Expect("400");
        await page.Locator("#field-headline").PressAsync("Control+Enter");
        await desk.SaysAsync(words["outbox.seeField"]);
        await Expect(page.Locator(".desk-error").Filter(new() { HasText = words["rules.nothing"] })).ToBeVisibleAsync();

        await page.Locator("#field-headline").PressAsync("Alt+2");
        await page.Keyboard.TypeAsync(headline);
        await Expect(page.Locator("#preview")).ToBeVisibleAsync();
        await page.Locator("#field-body").PressAsync("Control+k");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText(words["link.badAddress"])).ToBeVisibleAsync();
        await HasNoEnglishAsync(desk, language, "writing");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#field-body").PressAsync("Control+Enter");
        await desk.SaysAsync(words["outbox.published"]);
        await desk.ShowsAsync(headline);
        await Expect(page.Locator("#entries")).ToContainTextAsync(words["kinds.breaking"]);

        // Once more by mistake, and then as it is meant: later.
        await page.Locator("#field-headline").FillAsync(headline);
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = words["editor.allTheSame"], Exact = true })).ToBeVisibleAsync();
        await HasNoEnglishAsync(desk, language, "nearly the same");
        await page.GetByRole(AriaRole.Button, new() { Name = words["editor.later"], Exact = true }).ClickAsync();
        await dialog.Locator("#schedule-at").FillAsync(TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        await HasNoEnglishAsync(desk, language, "published later");
        await dialog.GetByRole(AriaRole.Button, new() { Name = words["approval.schedule"], Exact = true }).ClickAsync();
        await desk.SaysAsync(words["drafts.isScheduled"]);
        await Expect(page.Locator("#drafts")).ToContainTextAsync(words["drafts.unschedule"]);

        await page.Locator("[data-action^=withdraw]").ClickAsync();
        await Expect(dialog).ToContainTextAsync(words["retraction.title"]);
        await HasNoEnglishAsync(desk, language, "withdrawing");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("[data-action^=correct]").ClickAsync();
        await Expect(page.Locator("#write-title")).ToContainTextAsync(headline);
        await HasNoEnglishAsync(desk, language, "correcting");
        await desk.StaysWithinItsWidthAsync();
        Assert.Empty(await desk.BrokenRulesAsync($"the desk in {language}"));

        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("?");
        await Expect(dialog).ToContainTextAsync(words["help.tab"]);
        await HasNoEnglishAsync(desk, language, "the list of keys");
        Assert.Empty(await desk.BrokenRulesAsync($"the list of keys in {language}"));
    }

    private static async Task HasNoEnglishAsync(Tab desk, string language, string state)
    {
        var english = DeskWords.In("en").Pieces().Except(DeskWords.In(language).Pieces()).ToList();
        var shown = await desk.Page.EvaluateAsync<string[]>(Collect);
        Assert.NotEmpty(shown);
        // A short word may be a part of another language's.
        var left = from text in shown
                   from piece in english
                   where piece.Length < 4 ? text.Trim() == piece : Regex.IsMatch(text, $@"(?<!\p{{L}}){Regex.Escape(piece)}(?!\p{{L}})")
                   select $"{state}: “{piece}” in “{text}”";
        Assert.Equal([], left);
    }
}
