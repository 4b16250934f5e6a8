using System.Diagnostics;
using System.Globalization;
using System.Net;
using LiveFeed.EndToEnd.Tests.Commands;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Newsrooms;

/// <summary>One more node of a newsroom, as a process of its own that can be asked to end.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private readonly Livefeed.Running running;
    private readonly Task<string> log;

    private NodeProcess(Livefeed.Running running, Uri address)
    {
        (this.running, Address) = (running, address);
        Http = Newsroom.Client(address);
        log = running.Process.StandardOutput.ReadToEndAsync();
    }

    public Uri Address { get; }

    /// <summary>Its HTTP API.</summary>
    public HttpClient Http { get; }

    public Process Process => running.Process;

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="newsroom">Whose settings it has.</param>
    /// <param name="settings">What differs from them.</param>
    public static async Task<NodeProcess> StartAsync(Newsroom newsroom, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var livefeed = settings.Aggregate(Livefeed.At(newsroom), (made, setting) => made.With(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value));
        var address = FreeAddress();
        var node = new NodeProcess(livefeed.With("Kestrel__Endpoints__Clear__Url", address.ToString()).Start(["serve"]), address);
        try
        {
            await Eventually.ReadsAsync($"{address} is ready", node.ReadyAsync, status => status is HttpStatusCode.OK);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>An address of this machine that nobody listens on.</summary>
    public static Uri FreeAddress(string scheme = "http") =>
        new(string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{FreePort.Next()}/"));

    /// <summary>Whether it says that it is ready.</summary>
    public async Task<HttpStatusCode> ReadyAsync(CancellationToken cancellation = default)
    {
        using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
        return answer.StatusCode;
    }

    /// <summary>Asks it to end, as whoever runs it does before anything else (SIGTERM).</summary>
    public async Task AskToEndAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended, which has to be soon and in order.</summary>
    public async Task EndsAsync(TimeSpan within)
    {
        await Process.WaitForExitAsync().WaitAsync(within);
        var written = await log;
        Assert.True(Process.ExitCode == 0, $"Exit code {Process.ExitCode}: {written}");
        Assert.DoesNotContain("fail:", written, StringComparison.Ordinal);
        Assert.DoesNotContain("crit:", written, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await running.DisposeAsync();
    }
}
