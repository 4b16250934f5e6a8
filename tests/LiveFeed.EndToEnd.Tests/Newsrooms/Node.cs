using LiveFeed.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace LiveFeed.EndToEnd.Tests.Newsrooms;

/// <summary>A LiveFeed server within the test process, on a real socket, with its log kept.</summary>
public sealed class Node : WebApplicationFactory<Program>
{
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly int port;

    private Node(IReadOnlyDictionary<string, string> settings, int port)
    {
        this.settings = settings;
        this.port = port;
        UseKestrel();
    }

    public LogRecorder Log { get; } = new();

    public Uri Address => ClientOptions.BaseAddress;

    /// <param name="settings">What differs from the defaults.</param>
    /// <param name="port">Where it listens; any free port unless said.</param>
    public static Task<Node> StartAsync(IReadOnlyDictionary<string, string> settings, int port = 0) => Task.Run(async () =>
    {
        var node = new Node(settings, port);
        try
        {
            node.StartServer();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Not by UseKestrel(port), which sets the port once the host is built: by then the server may have started.
        builder.UseSetting(WebHostDefaults.ServerUrlsKey, $"http://127.0.0.1:{port}");
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
    }
}
