using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>axe, a judge of WCAG's rules from elsewhere.</summary>
internal static class Axe
{
    // Best practices of theirs, too: a page without landmarks is a violation.
    private static readonly AxeRunOptions Rules = new() { ResultTypes = [ResultType.Violations] };

    private static readonly (ColorScheme Colours, ForcedColors Forced)[] Looks =
        [(ColorScheme.Light, ForcedColors.None), (ColorScheme.Dark, ForcedColors.None), (ColorScheme.Light, ForcedColors.Active)];

    /// <summary>What it finds wrong on the page as it is now, in light, dark and forced colours.</summary>
    /// <param name="tab">Where the page stands.</param>
    /// <param name="state">What is said of it where something is wrong.</param>
    public static async Task<IEnumerable<string>> BrokenRulesAsync(this Tab tab, string state)
    {
        var broken = new List<string>();
        foreach (var (colours, forced) in Looks)
        {
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = colours, ForcedColors = forced });
            // What is on its way from one colour to another has neither.
            await tab.Page.EvaluateAsync("() => { document.getAnimations().forEach(one => { try { one.finish(); } catch { one.cancel(); } }); }");
            var result = await tab.Page.RunAxe(Rules);
            broken.AddRange(from violation in result.Violations
                            from node in violation.Nodes
                            select $"{state} ({colours}{(forced is ForcedColors.Active ? ", forced colours" : "")}): {violation.Id}: {node.Html}\n    {string.Join(' ', (node.Any ?? []).Concat(node.All ?? []).Select(check => check.Message))}");
        }

        return broken;
    }
}
