using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;

namespace LiveFeed.Browser.Tests;

/// <summary>What axe, a judge of WCAG's rules from elsewhere, finds wrong on our pages: nothing.</summary>
public sealed class AccessibilityTests(Servers servers, Chromium chromium)
{
    public static TheoryData<string> Languages { get; } = [.. Showcase.Languages];

    [Theory, MemberData(nameof(Languages))]
    public async Task No_page_breaks_a_rule_in_light_dark_and_forced_colours(string language)
    {
        await using var showcase = await Showcase.OpenAsync(servers, language);
        await using var tab = await chromium.OpenAsync(showcase.Newsroom.Tickers[0]);
        tab.Expect("status of (404|410|400)");
        var broken = new List<string>();
        foreach (var page in showcase.Pages)
        {
            Assert.Equal(page.Status, await tab.GoAsync(page.Path));
            if (page.IsLive)
            {
                await Assertions.Expect(tab.Status).ToHaveAttributeAsync("data-line", "socket");
            }

            broken.AddRange(await tab.BrokenRulesAsync(page.Path));
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken.Distinct()));
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task No_page_is_wider_than_a_small_phone_up_to_four_times_the_font_size(string language)
    {
        await using var showcase = await Showcase.OpenAsync(servers, language);
        await using var tab = await chromium.OpenAsync(showcase.Newsroom.Tickers[0], new Reading(Width: 320));
        tab.Expect("status of (404|410|400)");
        var wide = new List<string>();
        foreach (var page in showcase.Pages)
        {
            await tab.GoAsync(page.Path);
            foreach (var size in new[] { "100%", "200%", "400%" })
            {
                // As the reader's own font size does, this changes what rem and em mean.
                await tab.Page.EvaluateAsync("size => { document.documentElement.style.fontSize = size; }", size);
                var sticking = await tab.SticksOutAsync();
                if (sticking.Length > 0)
                {
                    wide.Add($"{page.Path} at {size}: {sticking}");
                }
            }
        }

        Assert.True(wide.Count == 0, string.Join('\n', wide));
    }

    [Fact]
    public async Task What_can_be_pressed_is_large_enough_for_a_finger()
    {
        await using var showcase = await Showcase.OpenAsync(servers, "en");
        await using var tab = await chromium.OpenAsync(showcase.Newsroom.Tickers[0], new Reading(Width: 360));
        tab.Expect("status of (404|410|400)");
        var small = new List<string>();
        foreach (var page in showcase.Pages)
        {
            await tab.GoAsync(page.Path);
            if (page.IsLive)
            {
                await Assertions.Expect(tab.Status).ToHaveAttributeAsync("data-line", "socket");
            }

            // WCAG 2.5.8 lets links within a sentence be as small as its words.
            small.AddRange((await tab.Page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('a, button, select, input, summary, [role=button]')]
                  .filter(e => e.checkVisibility() && !e.closest('.entry-body, .entry-note, figcaption'))
                  .map(e => ({ e, r: (e.closest('label') ?? e).getBoundingClientRect() }))
                  .filter(({ r }) => r.width < 24 || r.height < 24)
                  .map(({ e, r }) => `${e.outerHTML.slice(0, 120)} ${Math.round(r.width)}×${Math.round(r.height)}`)
                """)).Select(one => $"{page.Path.Split('?')[0].Split('/').Length}: {one}"));
        }

        Assert.True(small.Count == 0, string.Join('\n', small.Distinct()));
    }
}
