using System.Globalization;

namespace LiveFeed.Testing;

/// <summary>A LiveFeed server as a process of its own, built as the tests are: one that can be killed.</summary>
public sealed class LiveFeedProcess : TestServer
{
    private LiveFeedProcess(ServerHost host, int port) : base(host, port)
    {
    }

    /// <summary>Its address.</summary>
    public Uri Address => new(ConnectionString);

    /// <inheritdoc/>
    public override string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/");

    /// <summary>Starts one.</summary>
    /// <param name="settings">Configuration, by names such as <c>LiveFeed:Roles</c>.</param>
    public static Task<LiveFeedProcess> StartAsync(IReadOnlyDictionary<string, string> settings) =>
        StartAsync(() => Task.FromResult(Make(FreePort.Next(), settings)));

    /// <summary>The last lines that it wrote.</summary>
    public Task<string> LogAsync() => Host.LogAsync();

    private protected override async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(Address, "health/live"), cancellation);
        return answer.IsSuccessStatusCode;
    }

    private static LiveFeedProcess Make(int port, IReadOnlyDictionary<string, string> settings)
    {
        var host = new LocalHost("livefeed")
        {
            Command = [LocalHost.Find("dotnet")!, Program(), "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")],
        };
        foreach (var (name, value) in settings)
        {
            host.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new LiveFeedProcess(host, port);
    }

    // …/tests/PROJECT/bin/CONFIGURATION/net10.0/ → …/src/LiveFeed.Server/bin/CONFIGURATION/net10.0/LiveFeed.Server.dll
    private static string Program()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Repository.Root, "src", "LiveFeed.Server", "bin", output.Parent!.Name, output.Name, "LiveFeed.Server.dll");
    }
}
