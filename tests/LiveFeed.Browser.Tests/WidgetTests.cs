using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>A partner pastes one line and has a live ticker, whatever their page is like.</summary>
public sealed class WidgetTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task One_line_makes_a_live_ticker_of_every_form_over_one_socket(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var bridge = await newsroom.PublishAsync(new { headline = "The bridge is closed", body = "A ship has struck a pillar.", tags = new[] { "harbour" } });
        var ferry = await newsroom.PublishAsync(new { headline = "The ferry is late", body = "By *an hour*.", keyEvent = true });
        var server = newsroom.Tickers[^1];
        await using var site = await PartnerSite.OpenAsync(
            $"""
            <main><h1>The Courier</h1>{Line(server, newsroom.Feed)}
            <live-feed feed="{newsroom.Feed}" form="compact"></live-feed>
            <live-feed feed="{newsroom.Feed}" form="card"></live-feed>
            <live-feed feed="{newsroom.Feed}" form="tape"></live-feed>
            <live-feed feed="{newsroom.Feed}" key-events></live-feed>
            <live-feed feed="{newsroom.Feed}" tag="harbour"></live-feed>
            <p>Below</p></main>
            """);
        await using var tab = await OpenAsync(site, server);
        await ShowAsync(tab, 0, "The ferry is late", "The bridge is closed");
        await ShowAsync(tab, 1, "The ferry is late", "The bridge is closed");
        await ShowAsync(tab, 2, "The ferry is late");
        await ShowAsync(tab, 3, "The ferry is late", "The bridge is closed");
        await ShowAsync(tab, 4, "The ferry is late");
        await ShowAsync(tab, 5, "The bridge is closed");

        bridge = await newsroom.EditAsync(bridge, new { headline = "The bridge is open again", pinned = true, keyEvent = true });
        var pier = await newsroom.PublishAsync(new { headline = "A seal on the pier", tags = new[] { "harbour" } });
        await ShowAsync(tab, 0, "The bridge is open again", "A seal on the pier", "The ferry is late");
        await ShowAsync(tab, 2, "The bridge is open again");
        await ShowAsync(tab, 4, "The bridge is open again", "The ferry is late");
        await ShowAsync(tab, 5, "The bridge is open again", "A seal on the pier");

        await newsroom.RetractAsync(pier, "There was no seal.");
        await newsroom.RetractAsync(ferry, "It was on time.");
        await ShowAsync(tab, 0, "The bridge is open again");
        await Expect(Widget(tab, 0).Locator(".entry-note")).ToHaveTextAsync(["There was no seal.", "It was on time."]);
        await Expect(Widget(tab, 4).Locator(".entry-note")).ToHaveTextAsync(["It was on time."]);
        await Expect(Widget(tab, 5).Locator(".entry-note")).ToHaveTextAsync(["There was no seal."]);
        await Expect(Widget(tab, 0).Locator(".entry-withdrawn").First).ToHaveTextAsync(new Regex(@"^This item was withdrawn at \d\d:\d\d:\d\d\.$"));
        foreach (var widget in await tab.Page.Locator("live-feed").AllAsync())
        {
            await Expect(widget).Not.ToContainTextAsync("A seal on the pier");
        }

        Assert.Equal(1, tab.SocketsSoFar);
        Assert.Empty(await tab.Page.Context.CookiesAsync());
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length"));
        await Expect(Widget(tab, 0).Locator("a").First).ToHaveAttributeAsync("href", $"{server}{newsroom.Feed}/{bridge.Id}");
        var broken = string.Join('\n', await tab.BrokenRulesAsync("widgets"));
        Assert.True(broken.Length == 0, broken);
    }

    [Fact]
    public async Task Without_script_the_line_is_a_link_and_the_frame_reads_whole()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync(new { headline = "The ferry is late", body = "By *an hour*." });
        var server = newsroom.Tickers[0];
        await using var site = await PartnerSite.OpenAsync(
            $"""{Line(server, newsroom.Feed, "<a href='https://ticker.example/'>All of it</a>")}<iframe src="{server}embed/{newsroom.Feed}" width="400" height="300"></iframe>""");
        await using var tab = await chromium.OpenAsync(site.Address, new Reading(JavaScript: false, Widgets: server));
        await tab.GoAsync("/");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "All of it" })).ToBeVisibleAsync();
        await Expect(tab.Page.FrameLocator("iframe").GetByRole(AriaRole.Heading, new() { Name = "The ferry is late" })).ToBeVisibleAsync();
        await Expect(tab.Page.FrameLocator("iframe").GetByText("an hour")).ToBeVisibleAsync();
    }

    [Theory, BothModes]
    public async Task The_frame_is_live_also_where_it_is_locked_in(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("The ferry is late");
        var server = newsroom.Tickers[^1];
        await using var site = await PartnerSite.OpenAsync(
            $"""
            <iframe src="{server}embed/{newsroom.Feed}?form=compact&amp;theme=dark" width="400" height="300"></iframe>
            <iframe sandbox="allow-scripts" src="{server}embed/{newsroom.Feed}?lang=de" width="200" height="300" dir="rtl"></iframe>
            """);
        await using var tab = await OpenAsync(site, server);
        await newsroom.PublishAsync("It has come");
        foreach (var frame in await tab.Page.Locator("iframe").AllAsync())
        {
            await Expect(frame.ContentFrame.Locator(".slot .entry-headline")).ToHaveTextAsync(["It has come", "The ferry is late"]);
        }
    }

    [Theory, BothModes]
    public async Task A_frame_of_one_item_follows_it_alone(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var ferry = await newsroom.PublishAsync("The ferry is late");
        await newsroom.PublishAsync("A seal on the pier");
        var server = newsroom.Tickers[^1];
        await using var site = await PartnerSite.OpenAsync($"""<iframe src="{server}embed/{newsroom.Feed}?entry={ferry.Id}" width="400" height="300"></iframe>""");
        await using var tab = await OpenAsync(site, server);
        var slots = tab.Page.FrameLocator("iframe").Locator(".slot");
        await Expect(slots.Locator(".entry-headline")).ToHaveTextAsync(["The ferry is late"]);
        await newsroom.PublishAsync("A second seal");
        ferry = await newsroom.EditAsync(ferry, new { headline = "The ferry has come" });
        await Expect(slots.Locator(".entry-headline")).ToHaveTextAsync(["The ferry has come"]);
        await newsroom.RetractAsync(ferry, "It had been in time.");
        await Expect(slots).ToHaveCountAsync(1);
        await Expect(slots.Locator(".entry-note")).ToHaveTextAsync("It had been in time.");
    }

    [Theory]
    [InlineData("* { all: unset !important; } div, article, h2, a, p { display: none !important; }")]
    [InlineData("* { font: 90px serif !important; position: fixed !important; color: transparent !important; transform: rotate(9deg); }")]
    [InlineData("body { direction: rtl; width: 200px; } *, *::before { box-sizing: content-box; margin: 40px; padding: 40px; }")]
    public async Task The_pages_styles_do_not_reach_into_it(string styles)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync(new { headline = "The ferry is late", body = "By an hour." });
        var server = newsroom.Tickers[0];
        await using var site = await PartnerSite.OpenAsync(Line(server, newsroom.Feed), head: $"<style>{styles}</style>");
        await using var tab = await OpenAsync(site, server);
        await ShowAsync(tab, 0, "The ferry is late");
        var headline = Widget(tab, 0).Locator(".entry-headline");
        Assert.Equal("19.04px rgb(28, 27, 25) static", await headline.EvaluateAsync<string>("e => { const s = getComputedStyle(e); return `${s.fontSize} ${s.color} ${s.position}`; }"));
        Assert.InRange(await Widget(tab, 0).Locator(".box").EvaluateAsync<double>("e => e.offsetHeight"), 400, 420);
    }

    [Fact]
    public async Task It_lives_under_a_strict_policy()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync(new { headline = "The ferry is late", body = "By *an hour*." });
        var server = newsroom.Tickers[0];
        var policy = $"default-src 'none'; img-src data:; script-src {server}; connect-src {server} ws://{server.Authority}; require-trusted-types-for 'script'; trusted-types";
        await using var site = await PartnerSite.OpenAsync(Line(server, newsroom.Feed), $"{policy} live-feed");
        await using var tab = await OpenAsync(site, server);
        await ShowAsync(tab, 0, "The ferry is late");
        await Expect(Widget(tab, 0).Locator(".entry-body em")).ToHaveTextAsync("an hour");

        // Where the page doesn't trust it with HTML it has the headlines.
        await using var strict = await PartnerSite.OpenAsync(Line(server, newsroom.Feed), $"{policy} 'none'");
        await using var other = await chromium.OpenAsync(strict.Address, new Reading(Widgets: server));
        other.Expect("TrustedTypePolicy|trusted-types|TrustedHTML");
        await other.GoAsync("/");
        await Expect(Widget(other, 0).Locator(".slot")).ToHaveTextAsync(["The ferry is late"]);
    }

    [Fact]
    public async Task Where_the_page_lets_no_socket_through_it_asks_for_the_list()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("The ferry is late");
        var server = newsroom.Tickers[0];
        await using var site = await PartnerSite.OpenAsync(Line(server, newsroom.Feed), $"connect-src {server}");
        await using var tab = await chromium.OpenAsync(site.Address, new Reading(Widgets: server));
        tab.Expect("Content Security Policy");
        await tab.GoAsync("/");
        await ShowAsync(tab, 0, "The ferry is late");
        await newsroom.PublishAsync("It has come");
        await Expect(Headlines(tab, 0)).ToHaveTextAsync(["It has come", "The ferry is late"], new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task A_page_that_changes_what_every_object_has_gets_its_ticker_all_the_same()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("The ferry is late");
        var server = newsroom.Tickers[0];
        await using var site = await PartnerSite.OpenAsync(
            "<script>Object.prototype.extra = 1; Array.prototype.extra = () => 1; Array.prototype.toJSON = function () { return 'changed'; }; String.prototype.toJSON = () => 'changed';</script>"
            + Line(server, newsroom.Feed));
        await using var tab = await OpenAsync(site, server);
        await ShowAsync(tab, 0, "The ferry is late");
        Assert.Equal("", await tab.Page.EvaluateAsync<string>("() => { const own = document.createElement('iframe'); document.body.append(own); return Object.keys(window).filter(key => !(key in own.contentWindow) && key !== 'sockets' && key !== '0').join(); }"));
    }

    [Fact]
    public async Task Fifty_of_them_share_one_socket_and_one_is_as_good_as_the_next()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("The ferry is late");
        var server = newsroom.Tickers[0];
        await using var site = await PartnerSite.OpenAsync(string.Concat(Enumerable.Repeat(Line(server, newsroom.Feed), 50)));
        await using var tab = await OpenAsync(site, server);
        await newsroom.PublishAsync("It has come");
        await Expect(tab.Page.Locator("live-feed .slot:first-child .entry-headline")).ToHaveTextAsync(Enumerable.Repeat("It has come", 50));
        Assert.Equal(1, tab.SocketsSoFar);
    }

    [Fact]
    public async Task What_is_not_there_leaves_what_the_page_said_instead()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var server = newsroom.Tickers[0];
        await using var site = await PartnerSite.OpenAsync(Line(server, "nothing-of-the-kind", "<a href='/'>All of it</a>") + "<live-feed></live-feed><live-feed feed='../../x'></live-feed>");
        await using var tab = await OpenAsync(site, server);
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "All of it" })).ToBeVisibleAsync();
        await Expect(Widget(tab, 0).Locator(".status")).ToContainTextAsync("Offline");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "All of it" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nobody_but_the_server_learns_of_the_reader()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync(new { headline = "The ferry is late", body = "![The ferry at sea](https://agency.example/ferry.jpg)", image = new { url = "https://agency.example/pier.jpg", alt = "The pier" } });
        var server = newsroom.Tickers[0];
        await using var site = await PartnerSite.OpenAsync($"""{Line(server, newsroom.Feed)}<iframe src="{server}embed/{newsroom.Feed}"></iframe>""");
        await using var tab = await OpenAsync(site, server);
        // The frame's own page forbids what its HTML would ask for, before its script is there.
        tab.Expect("https://agency.example/.* violates the following Content Security Policy");
        await Expect(Widget(tab, 0)).ToContainTextAsync("The pier");
        await Expect(tab.Page.FrameLocator("iframe").Locator(".slot")).ToContainTextAsync("The pier");
        Assert.Empty(tab.Foreign);
        Assert.Empty(await tab.Page.Context.CookiesAsync());
    }

    /// <summary>The line that partners paste.</summary>
    internal static string Line(Uri server, string feed, string instead = "") =>
        $"""<script async src="{server}embed.js"></script><live-feed feed="{feed}">{instead}</live-feed>""";

    internal static ILocator Widget(Tab tab, int number) => tab.Page.Locator("live-feed").Nth(number);

    private static ILocator Headlines(Tab tab, int number) => Widget(tab, number).Locator(".slot .entry-headline");

    private static Task ShowAsync(Tab tab, int number, params string[] headlines) => Expect(Headlines(tab, number)).ToHaveTextAsync(headlines);

    private async Task<Tab> OpenAsync(PartnerSite site, Uri server)
    {
        var tab = await chromium.OpenAsync(site.Address, new Reading(Widgets: server));
        Assert.Equal(200, await tab.GoAsync("/"));
        return tab;
    }
}
