using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>A reader's tab. It remembers all that went wrong in it, and fails the test for it at the end.</summary>
public sealed class Tab : IAsyncDisposable
{
    // What stands where agencies' pictures would; the tests ask nobody outside this machine.
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> troubles = new();
    private readonly List<Regex> expected = [];
    private readonly ConcurrentQueue<string> foreign = new();
    private readonly ConcurrentQueue<IWebSocket> sockets = new();
    private readonly Tab? first;

    private Tab(IBrowserContext context, IPage page, Tab? first = null)
    {
        this.context = context;
        this.first = first;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>The addresses outside the server that the pages wanted to load pictures from.</summary>
    public IReadOnlyCollection<string> Foreign => foreign;

    /// <summary>How many WebSockets its pages have opened so far.</summary>
    public int SocketsSoFar => sockets.Count;

    /// <summary>What went wrong so far: errors of the console and of scripts, dialogs, requests to strangers.</summary>
    public IReadOnlyCollection<string> Troubles => [.. troubles.Where(trouble => !expected.Any(one => one.IsMatch(trouble)))];

    /// <summary>The items on the page, top down.</summary>
    public ILocator Items => Page.Locator("live-feed > .feed-entries > .feed-slot");

    /// <summary>The word about the connection.</summary>
    public ILocator Status => Page.Locator("live-feed > .feed-status");

    internal static async Task<Tab> OpenAsync(IBrowser browser, Uri server, Reading with)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.ToString(),
            JavaScriptEnabled = with.JavaScript,
            ViewportSize = new() { Width = with.Width, Height = 800 },
            Locale = with.Locale,
            TimezoneId = "Europe/London",
        });
        var tab = new Tab(context, await context.NewPageAsync());
        await tab.ListenAsync(server, with.Widgets ?? server);
        return tab;
    }

    /// <summary>How many WebSockets the page holds open now. One that it has closed isn't, though the other end may never say so.</summary>
    public async Task<int> OpenSocketsAsync() => await Page.EvaluateAsync<int>("() => window.sockets.filter(socket => socket.readyState < WebSocket.CLOSING).length");

    /// <summary>Opens one more tab of the same reader: they share cookies, storage and cache, and it ends with this one.</summary>
    public async Task<Tab> OpenAnotherAsync()
    {
        var tab = new Tab(context, await context.NewPageAsync(), this);
        tab.Listen();
        return tab;
    }

    /// <summary>Goes to a page of the server; its status.</summary>
    public async Task<int> GoAsync(string path) => (await Page.GotoAsync(path))!.Status;

    /// <summary>Goes to a feed's page and waits until it is live.</summary>
    public async Task GoLiveAsync(string feed)
    {
        Assert.Equal(200, await GoAsync($"/{feed}"));
        await IsLiveAsync();
    }

    public Task IsLiveAsync() => Assertions.Expect(Status).ToHaveAttributeAsync("data-state", "live");

    /// <summary>The headlines on the page, top down, as soon as they are these.</summary>
    public Task ShowsAsync(params string[] headlines) => Assertions.Expect(Items.Locator(".entry-headline")).ToHaveTextAsync(headlines);

    /// <summary>The item with this headline.</summary>
    public ILocator Item(string headline) => Items.Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Name = headline, Exact = true }) });

    /// <summary>Cuts the browser off its network, or lets it back.</summary>
    public Task SetOfflineAsync(bool offline) => context.SetOfflineAsync(offline);

    /// <summary>Trouble that the test brings about itself; every other fails it.</summary>
    public void Expect(string pattern) => expected.Add(new Regex(pattern));

    /// <summary>Whether something sticks out at the right, so that the whole page scrolls sideways.</summary>
    public async Task StaysWithinItsWidthAsync() => Assert.Equal("", await SticksOutAsync());

    /// <summary>What sticks out at either side, so that the whole page scrolls sideways; empty when nothing does.</summary>
    public async Task<string> SticksOutAsync() => await Page.EvaluateAsync<string>(
        """
        () => document.documentElement.scrollWidth <= innerWidth ? '' :
          [...document.querySelectorAll('*')].map(e => [e, e.getBoundingClientRect()])
            .filter(([, r]) => r.right > innerWidth + 0.5 || r.left < -0.5).map(([e]) => `${e.tagName}.${e.className}`).join(' ')
        """);

    public async ValueTask DisposeAsync()
    {
        if (first is null)
        {
            await context.DisposeAsync();
        }
        else
        {
            await Page.CloseAsync();
        }

        Assert.True(Troubles.Count == 0, string.Join("\n", Troubles));
    }

    private async Task ListenAsync(params Uri[] servers)
    {
        Listen();
        await context.AddInitScriptAsync(
            """
            window.sockets = [];
            window.WebSocket = class extends WebSocket {
              constructor(...args) { super(...args); window.sockets.push(this); }
            };
            """);
        await context.RouteAsync(address => !servers.Any(server => server.Authority == new Uri(address).Authority), async route =>
        {
            if (route.Request.ResourceType == "image")
            {
                foreign.Enqueue(route.Request.Url);
                await route.FulfillAsync(new() { BodyBytes = Picture, ContentType = "image/png" });
            }
            else
            {
                troubles.Enqueue($"request to a stranger: {route.Request.ResourceType} {route.Request.Url}");
                await route.AbortAsync();
            }
        });
    }

    private void Listen()
    {
        Page.WebSocket += (_, socket) => sockets.Enqueue(socket);
        Page.Console += (_, message) =>
        {
            // A page that is left while its connection opens: Chromium says so to nobody, as the page is gone.
            if (message.Type is "error" or "warning" && !message.Text.EndsWith("WebSocket is closed before the connection is established.", StringComparison.Ordinal))
            {
                troubles.Enqueue($"console {message.Type}: {message.Text} ({message.Location})");
            }
        };
        Page.PageError += (_, error) => troubles.Enqueue($"script error: {error}");
        Page.Dialog += async (_, dialog) =>
        {
            troubles.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }
}
