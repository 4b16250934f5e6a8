using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Nothing moves under the reader. Each test prints its seed; LIVEFEED_SEED replays one.</summary>
public sealed class CalmPageTests(Servers servers, Chromium chromium, ITestOutputHelper output)
{
    // Counts all shifts, those after input too, and tells what moved. And remembers what is being read: the topmost item that is
    // wholly on the screen and isn't the one that will change.
    private const string Witness =
        """
        window.shifts = [];
        const box = r => [r.x, r.y, r.width, r.height].map(Math.round);
        new PerformanceObserver(list => {
          for (const shift of list.getEntries())
            window.shifts.push(`${shift.value.toFixed(4)} step ${window.step}: ${shift.sources.map(s => `${s.node?.nodeName}.${s.node?.className ?? ''} ${s.node?.parentElement?.closest('.feed-slot')?.dataset.id ?? ''} ${box(s.previousRect)}→${box(s.currentRect)}`).join(', ')}`);
        }).observe({ type: 'layout-shift', buffered: true });
        window.frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        window.look = async (scroll, target, step) => {
          window.step = step;
          // To browsers a change in the very frame of a scroll is a jump, wherever it leaves what is read.
          if (scroll !== null) {
            await frame();
            scrollTo({ top: scroll * (document.documentElement.scrollHeight - innerHeight), behavior: 'instant' });
            await frame();
          }
          // What is still sliding away from an earlier change may do so.
          const slides = () => document.querySelector('[style*=transform]') || document.getAnimations().some(a => a.playState === 'running' && a.effect.getKeyframes().some(k => 'transform' in k));
          while (matchMedia('(prefers-reduced-motion: reduce)').matches && slides()) await frame();
          const slot = [...document.querySelectorAll('.feed-slot')].find(s => s.dataset.id !== target && s.getBoundingClientRect().top >= 0 && s.getBoundingClientRect().bottom <= innerHeight);
          window.read = scrollY > 0 && slot ? { slot, top: slot.getBoundingClientRect().top } : null;
        };
        window.drift = () => window.read ? window.read.slot.isConnected ? window.read.slot.getBoundingClientRect().top - window.read.top : 9999 : 0;
        window.reached = seq => Number(document.querySelector('live-feed').getAttribute('position').split(':')[1]) >= seq;
        """;

    [Theory, BothModes]
    public async Task A_thousand_changes_move_nothing(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var changes = new RandomChanges(newsroom, Seed());
        await changes.BeginAsync(30);
        await using var tab = await OpenAsync(newsroom, ReducedMotion.Reduce);
        var drifts = new List<string>();
        for (var step = 1; step <= 1_000; step++)
        {
            var (target, kind, send) = changes.Next();
            await LookAsync(tab, changes.Scroll(), target, $"{step} {kind}");
            var entry = await send();
            var drift = await (await tab.Page.WaitForFunctionAsync(
                "seq => reached(seq) ? { by: drift() } : null", entry.Seq, new() { Timeout = 20_000 })).JsonValueAsync<Drift>();
            if (Math.Abs(drift.By) >= 1)
            {
                drifts.Add($"step {step} {kind}: by {drift.By} px");
            }
        }

        await AssertNoShiftAsync(tab);
        Assert.True(drifts.Count == 0, string.Join("\n", drifts.Take(20)));
    }

    [Theory, BothModes]
    public async Task What_makes_room_slides_and_shifts_nothing(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var changes = new RandomChanges(newsroom, Seed());
        await changes.BeginAsync(30);
        await using var tab = await OpenAsync(newsroom, ReducedMotion.NoPreference);
        for (var step = 1; step <= 200; step++)
        {
            var (target, kind, send) = changes.Next();
            await LookAsync(tab, step % 4 == 0 ? changes.Scroll() : null, target, $"{step} {kind}");
            var entry = await send();
            await tab.Page.WaitForFunctionAsync("seq => reached(seq)", entry.Seq, new() { Timeout = 20_000 });
        }

        await AssertNoShiftAsync(tab);
    }

    [Theory, BothModes]
    public async Task Notices_come_and_go_and_shift_nothing(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        foreach (var scroll in new double[] { 0, 0.5 })
        {
            var read = new List<Entry>();
            for (var i = 0; i < 8; i++)
            {
                read.Add(await newsroom.PublishAsync($"Item {i}"));
            }

            await using var tab = await OpenAsync(newsroom, ReducedMotion.NoPreference);
            foreach (var entry in read.TakeLast(4))
            {
                await tab.HasReadAsync(newsroom.Feed, entry.Id, entry.Revision);
            }

            for (var i = 4; i < 7; i++)
            {
                await LookAsync(tab, scroll, null, $"{scroll} notice {i}");
                read[i] = await newsroom.CorrectAsync(read[i], new { note = $"Item {i} was otherwise." });
                await Expect(tab.Notices()).ToHaveCountAsync(i - 3);
            }

            for (var i = 5; i < 7; i++)
            {
                await LookAsync(tab, scroll, null, $"{scroll} withdrawal {i}");
                await newsroom.RetractAsync(read[i], "It was wrong.");
                await Expect(tab.Notices().Filter(new() { HasText = "Withdrawn since you read it" })).ToHaveCountAsync(i - 4);
            }

            await LookAsync(tab, scroll, null, $"{scroll} dismissal");
            await tab.Notices().Nth(0).GetByRole(AriaRole.Button).ClickAsync();
            await Expect(tab.Notices()).ToHaveCountAsync(2);
            await AssertNoShiftAsync(tab);
        }
    }

    [Fact]
    public async Task What_is_read_of_an_item_longer_than_the_screen_stays_when_one_above_it_grows()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        await newsroom.PublishAsync(new { headline = "A long report", body = string.Join("\n\n", Enumerable.Range(1, 60).Select(i => $"Paragraph {i}.")) });
        var above = await newsroom.PublishAsync("Above it");
        await using var tab = await OpenAsync(newsroom, ReducedMotion.Reduce);

        await LookAsync(tab, 0.5, above, "growth");
        var before = await PlaceAsync();
        await newsroom.EditAsync(above, new { body = "One.\n\nTwo.\n\nThree." });
        await Expect(tab.Item("Above it").Locator(".entry-body")).ToContainTextAsync("Three.");
        Assert.InRange(await PlaceAsync() - before, -1, 1);

        Task<double> PlaceAsync() => tab.Item("A long report").EvaluateAsync<double>("item => item.getBoundingClientRect().top");
    }

    private async Task<Tab> OpenAsync(Newsroom newsroom, ReducedMotion motion)
    {
        var tab = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await tab.Page.EmulateMediaAsync(new() { ReducedMotion = motion });
        await tab.Page.AddInitScriptAsync(Witness);
        await tab.GoLiveAsync(newsroom.Feed);
        return tab;
    }

    private static async Task LookAsync(Tab tab, double? scroll, Entry? target, string step) =>
        await tab.Page.EvaluateAsync("([scroll, target, step]) => look(scroll, target, step)", new object?[] { scroll, target?.Id.ToString(), step });

    private static async Task AssertNoShiftAsync(Tab tab)
    {
        // What was painted last is reported after the next frames.
        await tab.Page.EvaluateAsync("() => frame().then(() => new Promise(done => setTimeout(done)))");
        var shifts = await tab.Page.EvaluateAsync<string[]>("() => window.shifts");
        Assert.True(shifts.Length == 0, $"{shifts.Length} shifts\n{string.Join("\n", shifts.Take(20))}");
    }

    private int Seed()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LIVEFEED_SEED"), out var given) ? given : Random.Shared.Next(1_000_000);
        output.WriteLine($"LIVEFEED_SEED={seed}");
        return seed;
    }

    private sealed class Drift
    {
        public double By { get; set; }
    }
}
