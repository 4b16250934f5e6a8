using LiveFeed.Browser.Tests.Browsing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>The Chromium that is installed on this machine, started once for all tests. None is ever downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // As root, as in containers, Chromium starts only without its sandbox; the rest keeps it from talking to anybody but us.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>Opens a tab of its own: cookies, storage and cache are shared with no other.</summary>
    /// <param name="server">The server whose pages are read. A request to anywhere else is answered by nobody, and told.</param>
    /// <param name="with">How the reader's browser is set; an ordinary one unless said.</param>
    public async Task<Tab> OpenAsync(Uri server, Reading? with = null) => await Tab.OpenAsync((await started.Value).Browser, server, with ?? new Reading());

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            var (playwright, browser) = await started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = Arguments }));
    }

    private static string Find() =>
        (from name in Names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         let file = Path.Combine(folder, name)
         where File.Exists(file)
         select file).FirstOrDefault()
        ?? throw new InvalidOperationException($"These tests need Chromium, and none of {string.Join(", ", Names)} is on the PATH. Install it, for example: apt-get install chromium");
}

/// <summary>How a reader's browser is set.</summary>
/// <param name="JavaScript">Whether scripts run.</param>
/// <param name="Width">Of the window, in CSS pixels.</param>
/// <param name="Locale">The language that it asks for.</param>
/// <param name="Widgets">The LiveFeed server whose widgets are on the pages of another site.</param>
public sealed record Reading(bool JavaScript = true, int Width = 1200, string Locale = "en-GB", Uri? Widgets = null);
