using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What a browser shows of a feed that is for partners, on a partner's page and on one that looks like it.</summary>
public sealed class PartnerSitesTests(Servers servers, Chromium chromium)
{
    [Theory, BothModes]
    public async Task It_lives_on_a_partners_page_until_the_partner_is_taken_off_and_on_no_other(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode, new { embedding = "partners" });
        await newsroom.PublishAsync("The ferry is late");
        var server = newsroom.Tickers[^1];
        // Where a page is, its partner has to be told before it can be opened.
        var body = "<p>Nothing here yet</p>";
        await using var courier = await PartnerSite.OpenAsync(() => body);
        var partner = await Newsroom.ReadAsync<Partner>(await newsroom.Desk.PostAsJsonAsync(
            "/api/partners", new { name = "The Courier", origins = new[] { courier.Address.GetLeftPart(UriPartial.Authority) } }));
        await Eventually.TrueAsync("the ticker knows the partner", async cancellation =>
            (await newsroom.FrameAsync(server, partner.Key, cancellation)).Contains(courier.Address.Authority, StringComparison.Ordinal));
        body = $"""
            <script async src="{server}embed.js?key={partner.Key}"></script><live-feed feed="{newsroom.Feed}"><a href="{server}{newsroom.Feed}">The ferry</a></live-feed>
            <iframe src="{server}embed/{newsroom.Feed}?key={partner.Key}" width="400" height="300"></iframe>
            """;
        await using var tab = await chromium.OpenAsync(courier.Address, new Reading(Widgets: server));
        await tab.GoAsync("/");
        var widget = tab.Page.Locator("live-feed .slot .entry-headline");
        var frame = tab.Page.FrameLocator("iframe").Locator(".slot .entry-headline");
        await Expect(widget).ToHaveTextAsync(["The ferry is late"]);
        await Expect(frame).ToHaveTextAsync(["The ferry is late"]);

        // The same line on another site's page, which knows the key as everybody does.
        await using var stranger = await PartnerSite.OpenAsync(body);
        await using var other = await chromium.OpenAsync(stranger.Address, new Reading(Widgets: server));
        other.Expect("frame-ancestors|403 \\(Forbidden\\)|CORS|ERR_FAILED");
        await other.GoAsync("/");
        await Expect(other.Page.GetByRole(AriaRole.Link, new() { Name = "The ferry" })).ToBeVisibleAsync();
        await Expect(other.Page.Locator("live-feed [role=status]")).ToHaveTextAsync(new Regex("^Offline"), new() { Timeout = 20_000 });

        await newsroom.PublishAsync("It has come");
        await Expect(widget).ToHaveTextAsync(["It has come", "The ferry is late"]);
        await Expect(frame).ToHaveTextAsync(["It has come", "The ferry is late"]);
        Assert.Equal(0, await other.Page.Locator("live-feed .slot").CountAsync());
        Assert.DoesNotContain(other.Page.Frames, one => one.Url.StartsWith($"{server}", StringComparison.Ordinal));

        tab.Expect("403 \\(Forbidden\\)|CORS|ERR_FAILED");
        using var removed = await newsroom.Desk.DeleteAsync(new Uri($"/api/partners/{partner.Key}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await Expect(tab.Page.Locator("live-feed [role=status]")).ToHaveTextAsync(new Regex("^Offline"), new() { Timeout = 20_000 });
        await Expect(tab.Page.FrameLocator("iframe").Locator("[role=status]")).ToHaveTextAsync(new Regex("^Offline"), new() { Timeout = 20_000 });
        await newsroom.PublishAsync("Not for the Courier");
        await Eventually.TrueAsync("the publisher's own page has it", async cancellation =>
            (await newsroom.Ticker.GetStringAsync(new Uri($"/{newsroom.Feed}", UriKind.Relative), cancellation)).Contains("Not for the Courier", StringComparison.Ordinal));
        await Expect(widget).ToHaveTextAsync(["It has come", "The ferry is late"]);
        await Expect(frame).ToHaveTextAsync(["It has come", "The ferry is late"]);
    }
}

internal static class Frames
{
    /// <summary>What the frame of a feed tells browsers to refuse.</summary>
    public static async Task<string> FrameAsync(this Newsroom newsroom, Uri server, string key, CancellationToken cancellation)
    {
        using var client = Newsroom.Client(server);
        using var frame = await client.GetAsync(new Uri($"/embed/{newsroom.Feed}?key={key}", UriKind.Relative), cancellation);
        return Assert.Single(frame.Headers.GetValues("Content-Security-Policy"));
    }
}
