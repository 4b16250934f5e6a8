using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What somebody writes into an item to run in readers' pages does nothing there.</summary>
public sealed class HostileEntryTests(Servers servers, Chromium chromium)
{
    private static readonly string[] Bodies =
    [
        "<script>alert('script')</script>",
        "<img src=x onerror=\"alert('onerror')\">",
        "<svg onload=\"alert('svg')\"><script>alert('inner')</script></svg>",
        "<a href=\"javascript:alert('link')\">press</a>",
        "<a href=\"java&#x09;script:alert('tab')\">press</a>",
        "<iframe src=\"https://evil.example/\" srcdoc=\"<script>alert('frame')</script>\"></iframe>",
        "<form action=\"https://evil.example/\"><input autofocus onfocus=\"alert('focus')\"><button>press</button></form>",
        "<style>@import 'https://evil.example/x.css'; body { display: none }</style>",
        "<div style=\"background:url(https://evil.example/y.png)\">styled</div>",
        "<link rel=stylesheet href=https://evil.example/z.css><meta http-equiv=refresh content=\"0;url=https://evil.example/\"><base href=\"https://evil.example/\">",
        "<math><mtext><table><mglyph><style><img src=x onerror=\"alert('mxss')\">",
        "<video src=https://evil.example/v.mp4 autoplay onloadstart=\"alert('video')\"></video><details open ontoggle=\"alert('toggle')\">more</details>",
    ];

    [Fact]
    public async Task Hostile_items_are_shown_without_running_or_asking_for_anything()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoLiveAsync(newsroom.Feed);

        // Half of them are pushed into the open page, all of them stand in the page that is loaded anew.
        const string Hostile = "<img src=x onerror=alert('headline')>";
        foreach (var (body, place) in Bodies.Select((body, place) => (body, place)))
        {
            await newsroom.PublishAsync(new { headline = $"{Hostile} {place}", body, bodyFormat = "html", byline = "<script>alert('byline')</script>" });
            await newsroom.PublishAsync(new { headline = $"Markdown {place}", body = $"{body}\n\n[press](javascript:alert(1))" });
        }

        await Expect(tab.Items.First.Locator(".entry-headline")).ToHaveTextAsync($"Markdown {Bodies.Length - 1}");
        await PressAllAsync(tab);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Item($"{Hostile} {Bodies.Length - 1}")).ToBeVisibleAsync();
        await PressAllAsync(tab);
        await Expect(tab.Page.Locator("live-feed").Locator("script, iframe, form, style, link, meta, base, svg, math, video, article[style], article [style]")).ToHaveCountAsync(0);
        Assert.Empty(tab.Foreign);
        Assert.Empty(tab.Troubles);
    }

    private static async Task PressAllAsync(Tab tab)
    {
        foreach (var press in await tab.Page.Locator(".entry-body").GetByText("press").AllAsync())
        {
            await press.ClickAsync();
        }
    }
}
