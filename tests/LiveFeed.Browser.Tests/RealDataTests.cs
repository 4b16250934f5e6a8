using System.Globalization;
using System.Text.Json;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Real news, imported by the command line, as it stands on the page.</summary>
public sealed class RealDataTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task A_real_live_blog_stands_on_the_page_whole(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var file = Path.Combine(Repository.Data, "liveblog", "mars-landing.json");
        var blog = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement;
        var blocks = blog.GetProperty("blocks").EnumerateArray().OrderByDescending(block => block.GetProperty("publishedAt").GetDateTimeOffset()).ToList();
        await ImportAsync(newsroom, file, "mars");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.GoLiveAsync("mars");

        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync(blog.GetProperty("title").GetString()!);
        Assert.Equal(
            blocks.Select(block => block.GetProperty("publishedAt").GetDateTimeOffset()),
            (await AttributesAsync(tab, ".feed-slot", "data-published")).Select(time => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)));
        Assert.Equal(
            blocks.Where(block => block.TryGetProperty("title", out _)).Select(block => block.GetProperty("title").GetString()),
            await tab.Page.Locator(".entry-headline").AllTextContentsAsync());

        foreach (var (block, place) in blocks.Select((block, place) => (block, place)))
        {
            var item = tab.Items.Nth(place);
            foreach (var image in block.GetProperty("elements").EnumerateArray().Where(element => element.GetProperty("type").GetString() == "image"))
            {
                await Expect(item.Locator($"img[src='{image.GetProperty("url").GetString()}']")).ToHaveAttributeAsync("alt", image.GetProperty("alt").GetString()!);
                await Expect(item.Locator("figcaption").Filter(new() { HasText = image.GetProperty("credit").GetString()! })).ToContainTextAsync(image.GetProperty("caption").GetString()!);
            }
        }

        var links = await AttributesAsync(tab, ".entry-body a", "href");
        Assert.Contains("https://mars.nasa.gov/mars2020/", links);
        Assert.Contains("https://www.youtube.com/watch?v=XmP56yBy-18", links);
        Assert.All(links, link => Assert.StartsWith("http", link, StringComparison.Ordinal));
        await Expect(tab.Page.Locator(".entry-summary .entry-flag-key-event")).ToHaveCountAsync(1);
        Assert.Contains("By Natalie Grover", await tab.Page.Locator(".entry-byline").AllTextContentsAsync());
        await HasNothingForeignAsync(tab);
    }

    [Fact]
    public async Task Wire_items_in_several_languages_stand_on_the_page()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        (string File, string Text)[] wires =
        [
            ("dpa_text.json", "Faktencheck Derby-Elfmeter: Hat Schiedsrichter Zwayer recht?"),
            ("tt_text_image_3.json", "Militärövning i jätteformat hålls 2023"),
            ("ntb_text.json", "IT-giganten Google"),
            ("ap_image.json", "FILE - In this Monday"),
            ("ninjsExSimpleText_3.json", "GROSSETO"),
            ("businesswire-newsml-20130731006140.json", "Lunch Taking a Toll?"),
        ];
        foreach (var (file, _) in wires)
        {
            await ImportAsync(newsroom, Path.Combine(Repository.Data, "ninjs", file), "wires");
        }

        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoLiveAsync("wires");
        await Expect(tab.Items).ToHaveCountAsync(wires.Length);
        foreach (var (_, text) in wires)
        {
            await Expect(tab.Items.Filter(new() { HasText = text })).ToHaveCountAsync(1);
        }

        await HasNothingForeignAsync(tab);
    }

    private static async Task ImportAsync(Newsroom newsroom, string file, string feed) => Assert.Equal(0, await Server.Commands.CommandLine.RunAsync(
        ["import", file, "--feed", feed, "--create", "--server", newsroom.Desk.BaseAddress!.ToString(), "--key", Newsroom.AdminKey]));

    private static async Task<IReadOnlyList<string>> AttributesAsync(Tab tab, string elements, string attribute) =>
        await tab.Page.Locator(elements).EvaluateAllAsync<string[]>("(all, name) => all.map(one => one.getAttribute(name))", attribute);

    private static async Task HasNothingForeignAsync(Tab tab)
    {
        await Expect(tab.Page.Locator("live-feed").Locator("script, iframe, object, embed, style, form, article[style], article [style], [onerror], [onclick]")).ToHaveCountAsync(0);
        await tab.StaysWithinItsWidthAsync();
    }
}
