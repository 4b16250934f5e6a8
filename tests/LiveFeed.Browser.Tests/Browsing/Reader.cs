using System.Globalization;
using Microsoft.Playwright;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>What the one who sits before a tab does.</summary>
internal static class Reader
{
    /// <summary>What the page tells above its list.</summary>
    public static ILocator Notices(this Tab tab) => tab.Page.Locator("live-feed .feed-notice");

    /// <summary>Has had an item in view, at this revision, for long enough for the page to remember it.</summary>
    public static Task HasReadAsync(this Tab tab, string feed, Guid id, int revision = 1) =>
        tab.Page.WaitForFunctionAsync(
            "([feed, id, revision]) => (localStorage.getItem(`live-feed:read:${feed}`) ?? '').includes(`[\"${id}\",${revision}`)",
            new[] { feed, id.ToString("D"), revision.ToString(CultureInfo.InvariantCulture) },
            new() { Timeout = 20_000 });

    /// <summary>Goes elsewhere, and time passes until they come back.</summary>
    public static async Task LeaveForAsync(this Tab tab, TimeSpan time)
    {
        await tab.GoAsync("/about-to-come-back");
        await tab.Page.Clock.SetSystemTimeAsync(DateTime.UtcNow + time);
    }
}
