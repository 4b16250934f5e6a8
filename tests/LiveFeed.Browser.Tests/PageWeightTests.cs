using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>What a page costs a reader on a bad line. Each prints the gzipped bytes of all that came until the page was live.</summary>
public sealed class PageWeightTests(Servers servers, Chromium chromium, ITestOutputHelper output)
{
    /// <summary>Gzipped bytes of the element's script.</summary>
    private const int Most = 6 * 1_024;

    [Fact]
    public async Task The_elements_script_is_at_most_6_KiB_on_a_page_of_twenty_real_items()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        string[] wires = ["dpa_text.json", "tt_text_image_3.json", "ntb_text.json", "ap_image.json", "ninjsExSimpleText_3.json", "businesswire-newsml-20130731006140.json"];
        foreach (var file in (string[])["liveblog/mars-landing.json", .. wires.Select(wire => $"ninjs/{wire}")])
        {
            Assert.Equal(0, await Server.Commands.CommandLine.RunAsync(
                ["import", Path.Combine(Repository.Data, file), "--feed", newsroom.Feed, "--server", newsroom.Desk.BaseAddress!.ToString(), "--key", Newsroom.AdminKey]));
        }

        await newsroom.PublishAsync(new { headline = "The harbour bridge is closed", body = "A ship has struck a pillar. Nobody was hurt; divers look at the damage tonight.", kind = "breaking", tags = new[] { "harbour" } });
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        var answers = new List<IResponse>();
        tab.Page.Response += (_, answer) => answers.Add(answer);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Items).ToHaveCountAsync(20);
        await Expect(tab.Page.GetByRole(AriaRole.Group, new() { Name = "Updates" })).ToBeVisibleAsync();

        var weights = new Dictionary<string, int>();
        foreach (var answer in answers.Where(answer => answer.Request.ResourceType is "document" or "stylesheet" or "script" or "fetch"))
        {
            weights[new Uri(answer.Url).AbsolutePath] = Gzipped(await answer.BodyAsync());
        }

        foreach (var (part, weight) in weights)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{weight,6} {part}"));
        }

        Assert.InRange(weights["/assets/live-feed.js"], 1, Most);
    }

    [Fact]
    public async Task A_widget_costs_one_script_of_at_most_6_KiB_which_can_be_pinned()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync("The ferry is late");
        var server = newsroom.Tickers[0];
        var script = await newsroom.Ticker.GetByteArrayAsync("/embed.js");
        output.WriteLine($"{Gzipped(script)} /embed.js");
        Assert.InRange(Gzipped(script), 1, Most);

        var hash = SHA384.HashData(script);
        var pinned = $"embed-{Convert.ToHexStringLower(hash)[..16]}.js";
        var answer = await newsroom.Ticker.GetAsync($"/{pinned}");
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Ticker.GetAsync("/embed-0123456789abcdef.js")).StatusCode);
        await using var site = await PartnerSite.OpenAsync(
            $"""<script async crossorigin src="{server}{pinned}" integrity="sha384-{Convert.ToBase64String(hash)}"></script><live-feed feed="{newsroom.Feed}"></live-feed>""");
        await using var tab = await chromium.OpenAsync(site.Address, new Reading(Widgets: server));
        var asked = new List<string>();
        tab.Page.Request += (_, request) => asked.Add(new Uri(request.Url).PathAndQuery);
        await tab.GoAsync("/");
        await Expect(tab.Page.Locator("live-feed .slot")).ToHaveTextAsync([new Regex("The ferry is late")]);
        Assert.Equal(["/", $"/{pinned}"], asked);
    }

    // As any server or cache on the way may send it, whether or not this build's files lie there compressed.
    private static int Gzipped(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return (int)packed.Length;
    }
}
