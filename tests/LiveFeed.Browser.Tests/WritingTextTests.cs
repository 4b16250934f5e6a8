using System.Text.Json;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What writers do with an item's text at the desk.</summary>
public sealed class WritingTextTests(Servers servers, Chromium chromium)
{
    [Fact]
    public async Task What_is_formatted_with_buttons_keys_and_signs_is_what_readers_see()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await chromium.SignInAsync(newsroom);
        var text = tab.Field("Text");
        await Expect(text).ToHaveRoleAsync(AriaRole.Textbox);
        await tab.Field("Headline").FillAsync("Ferry late");

        await TypeAsync(text, "It is *not* 5 < 6. ");
        await text.PressAsync("Control+b");
        await Expect(Tool(tab, "Bold")).ToHaveAttributeAsync("aria-pressed", "true");
        await TypeAsync(text, "bold");
        await text.PressAsync("Control+b");
        await Tool(tab, "Struck through").ClickAsync();
        await TypeAsync(text, "struck");
        await text.PressAsync("Enter");
        await TypeAsync(text, "- one");
        await text.PressAsync("Enter");
        await TypeAsync(text, "two");
        await text.PressAsync("Enter");
        await text.PressAsync("Enter");
        await TypeAsync(text, "> quoted");
        await text.PressAsync("Enter");
        await text.PressAsync("Enter");
        await Tool(tab, "Heading").ClickAsync();
        await TypeAsync(text, "Below");
        await text.PressAsync("Enter");

        await text.PressAsync("Control+k");
        await tab.Field("Words of the link").FillAsync("the harbour");
        await Link(tab).GetByLabel("Address").FillAsync("javascript:alert(1)");
        await Link(tab).GetByLabel("Address").PressAsync("Enter");
        await Expect(Link(tab).GetByLabel("Address")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Link(tab).GetByRole(AriaRole.Alert)).ToContainTextAsync("https://");
        Assert.Empty(await tab.BrokenRulesAsync("a link is asked for"));
        await Link(tab).GetByLabel("Address").FillAsync("example.org/harbour");
        await Link(tab).GetByLabel("Address").PressAsync("Enter");
        await Expect(text).ToBeFocusedAsync();
        await TypeAsync(text, " is open.");
        Assert.Empty(await tab.BrokenRulesAsync("a text is written"));

        await text.PressAsync("Control+Enter");
        await tab.SaysAsync("Published.");
        await Expect(tab.Field("Headline")).ToHaveValueAsync("");
        await Expect(text).ToHaveTextAsync("");
        var entry = Assert.Single((await newsroom.ListAsync("include=body")).Entries);
        Assert.Equal(
            """
            It is \*not\* 5 < 6. **bold**~~struck~~

            - one
            - two

            > quoted

            ### Below

            [the harbour](https://example.org/harbour) is open.
            """.ReplaceLineEndings("\n"), entry.Body);
        await Expect(tab.Item("Ferry late").Locator(".entry-body")).ToContainTextAsync("It is *not* 5 < 6.");
    }

    [Fact]
    public async Task What_the_writer_does_not_touch_is_not_rewritten()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        const string Written = "* one\n* two\n\nA _line_\nbroken  \nhere\n\n1) last";
        await newsroom.PublishAsync(new { headline = "Kept", body = Written });
        await newsroom.PublishAsync(new { headline = "Table", body = "| a | b |\n|---|---|\n| 1 | 2 |" });
        await newsroom.PublishAsync(new { headline = "Wire", body = "<p>As <u>HTML</u></p>", bodyFormat = "html" });
        await using var tab = await chromium.SignInAsync(newsroom);
        var text = tab.Field("Text");

        await tab.PressAsync("Edit: Kept");
        await Expect(text.Locator("em")).ToHaveTextAsync("line");
        await TypeAsync(text, "x");
        await text.PressAsync("Control+z");
        await tab.Field("Headline").FillAsync("Kept so");
        await SaveAsync(newsroom, tab, tab.Field("Headline"));
        Assert.Equal(Written, await BodyOfAsync(newsroom, "Kept so"));

        await tab.PressAsync("Edit: Kept so");
        await text.Locator("li").Last.ClickAsync();
        await text.PressAsync("End");
        await TypeAsync(text, " of *all*");
        await SaveAsync(newsroom, tab, text);
        Assert.Equal("* one\n* two\n\nA _line_\nbroken  \nhere\n\n1. last of \\*all\\*", await BodyOfAsync(newsroom, "Kept so"));

        await tab.PressAsync("Edit: Table");
        await Expect(text).ToHaveValueAsync("| a | b |\n|---|---|\n| 1 | 2 |");
        await Expect(tab.Page.Locator(".text-note")).ToContainTextAsync("a table");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Markdown" }).ClickAsync();
        await Expect(text).ToHaveValueAsync("| a | b |\n|---|---|\n| 1 | 2 |");
        Assert.Empty(await tab.BrokenRulesAsync("a text is plain Markdown"));

        await tab.PressAsync("Edit: Wire");
        await Expect(text).ToHaveValueAsync("<p>As <u>HTML</u></p>");
        await text.FillAsync("<p>As <u>changed</u> HTML</p>");
        await SaveAsync(newsroom, tab, text);
        await Expect(tab.Item("Wire").Locator(".entry-body u")).ToHaveTextAsync("changed");

        // The writer's choice was not plain Markdown: what can be shown formatted is.
        await tab.PressAsync("Edit: Kept so");
        await Expect(text.Locator("em")).ToHaveTextAsync("line");
    }

    [Fact]
    public async Task What_is_pasted_keeps_its_form_and_nothing_else()
    {
        var vectors = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src/LiveFeed.Web/test/vectors/paste.json")));
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        // It fails for any complaint of the browser, and remembers whoever was asked for a picture.
        await using var tab = await chromium.SignInAsync(newsroom);
        foreach (var vector in vectors.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var pasted = await PasteAsync(tab, vector.GetProperty("html").GetString(), "plain");
            Assert.Equal((vector.GetProperty("name").GetString(), vector.GetProperty("markdown").GetString()), (vector.GetProperty("name").GetString(), pasted));
        }

        Assert.Equal("\\*not\\* [it\\](x)\\\n1\\. nor this\n\n\\# nor \\<b>", await PasteAsync(tab, null, "*not* [it](x)\r\n1. nor this\r\n\r\n# nor <b>"));
        Assert.Equal("one\n\ntwo", await PasteAsync(tab, null, "one\r\ntwo\r\n"));
        Assert.Empty(tab.Foreign);

        // An address over words makes a link of them.
        await TypeAsync(tab.Field("Text"), "words");
        await tab.Field("Text").PressAsync("Control+a");
        Assert.Equal("[words](https://example.org/a)", await PasteAsync(tab, null, "https://example.org/a", over: true));
        Assert.Empty((await newsroom.ListAsync()).Entries);
    }

    /// <summary>Pastes, and reads what came of it as plain Markdown; the field is empty afterwards.</summary>
    private static async Task<string> PasteAsync(Tab tab, string? html, string text, bool over = false)
    {
        var field = tab.Field("Text");
        if (!over)
        {
            await field.FillAsync("");
        }

        await field.EvaluateAsync(
            """
            (box, { html, text }) => {
              const clipboardData = new DataTransfer();
              if (html !== null) clipboardData.setData('text/html', html);
              clipboardData.setData('text/plain', text);
              box.focus();
              box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
            }
            """, new { html, text });
        var markdown = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Markdown" });
        await markdown.ClickAsync();
        var pasted = await field.InputValueAsync();
        await field.FillAsync("");
        await markdown.ClickAsync();
        return pasted;
    }

    private static async Task<string?> BodyOfAsync(Newsroom newsroom, string headline) =>
        (await newsroom.ListAsync("include=body")).Entries.Single(entry => entry.Headline == headline).Body;

    /// <summary>Saves, and opens the desk anew: then the list has the item's whole text.</summary>
    private static async Task SaveAsync(Newsroom newsroom, Tab tab, ILocator field)
    {
        await field.PressAsync("Control+Enter");
        await tab.SaysAsync("Saved.");
        await tab.GoAsync($"/desk?feed={newsroom.Feed}");
        await tab.IsLiveAsync();
    }

    private static ILocator Tool(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Link(Tab tab) => tab.Page.GetByRole(AriaRole.Group, new() { Name = "Link", Exact = true });

    private static Task TypeAsync(ILocator text, string letters) => text.PressSequentiallyAsync(letters);
}
