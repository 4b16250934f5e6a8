using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>On a partner's page nothing moves either: not the page, and not what is read in the widget. LIVEFEED_SEED replays a run.</summary>
public sealed class CalmWidgetTests(Servers servers, Chromium chromium, ITestOutputHelper output)
{
    private const string Witness =
        """
        window.shifts = [];
        new PerformanceObserver(list => {
          for (const shift of list.getEntries()) window.shifts.push(`${shift.value.toFixed(4)} step ${window.step}: ${shift.sources.map(s => `${s.node?.nodeName}.${s.node?.className ?? ''} ${s.previousRect.y}→${s.currentRect.y}`)}`);
        }).observe({ type: 'layout-shift', buffered: true });
        window.frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        window.reached = seq => [...document.querySelectorAll('live-feed')].every(widget => Number(widget.getAttribute('position').split(':')[1]) >= seq);
        window.look = async (scroll, step) => {
          await frame();
          window.step = step;
          const list = document.querySelector('live-feed').shadowRoot.querySelector('.list');
          if (scroll !== null) list.scrollTop = scroll * (list.scrollHeight - list.clientHeight);
          await frame();
        };
        """;

    [Theory]
    [InlineData(ReducedMotion.Reduce, 1_000)]
    [InlineData(ReducedMotion.NoPreference, 100)]
    public async Task So_many_changes_move_nothing(ReducedMotion motion, int steps)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LIVEFEED_SEED"), out var given) ? given : Random.Shared.Next(1_000_000);
        output.WriteLine($"LIVEFEED_SEED={seed}");
        var changes = new RandomChanges(newsroom, seed);
        await changes.BeginAsync(30);
        var server = newsroom.Tickers[0];
        await using var site = await PartnerSite.OpenAsync(
            $"""<p>Above</p>{WidgetTests.Line(server, newsroom.Feed)}<p>Between</p><live-feed feed="{newsroom.Feed}" form="compact" entries="5"></live-feed><p>Below</p>""",
            // As the developers' page says it: the room is there before the script is.
            head: "<style>live-feed { display: block; height: 26rem }</style>");
        await using var tab = await chromium.OpenAsync(site.Address, new Reading(Widgets: server));
        await tab.Page.EmulateMediaAsync(new() { ReducedMotion = motion });
        await tab.Page.AddInitScriptAsync(Witness);
        await tab.GoAsync("/");
        await Expect(WidgetTests.Widget(tab, 0).Locator(".slot")).ToHaveCountAsync(20);
        for (var step = 1; step <= steps; step++)
        {
            var (_, kind, send) = changes.Next();
            await tab.Page.EvaluateAsync("([scroll, step]) => look(scroll, step)", new object?[] { changes.Scroll(), $"{step} {kind}" });
            var entry = await send();
            await tab.Page.WaitForFunctionAsync("seq => reached(seq)", entry.Seq, new() { Timeout = 20_000 });
        }

        await tab.Page.EvaluateAsync("() => frame().then(() => new Promise(done => setTimeout(done)))");
        var shifts = await tab.Page.EvaluateAsync<string[]>("() => window.shifts");
        Assert.True(shifts.Length == 0, $"{shifts.Length} shifts\n{string.Join("\n", shifts.Take(20))}");
    }

    [Theory, BothModes]
    public async Task What_is_read_in_it_stays_where_it_is(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        for (var i = 1; i <= 15; i++)
        {
            await newsroom.PublishAsync(new { headline = $"Item {i}", body = "One.\n\nTwo." });
        }

        var server = newsroom.Tickers[^1];
        await using var site = await PartnerSite.OpenAsync(WidgetTests.Line(server, newsroom.Feed));
        await using var tab = await chromium.OpenAsync(site.Address, new Reading(Widgets: server));
        await tab.GoAsync("/");
        var read = WidgetTests.Widget(tab, 0).Locator(".slot").Filter(new() { HasText = "Item 8" });
        await read.EvaluateAsync("slot => { slot.parentElement.scrollTop = slot.offsetTop; }");
        var before = await read.EvaluateAsync<double>("slot => slot.getBoundingClientRect().top");
        for (var i = 16; i <= 18; i++)
        {
            await newsroom.PublishAsync(new { headline = $"Item {i}", body = "One.\n\nTwo.\n\nThree." });
            await Expect(WidgetTests.Widget(tab, 0).Locator(".entry-headline").First).ToHaveTextAsync($"Item {i}");
            Assert.InRange(await read.EvaluateAsync<double>("slot => slot.getBoundingClientRect().top") - before, -1, 1);
        }
    }
}
