using System.Globalization;

namespace LiveFeed.Testing;

/// <summary>The proxy of a real installation in front of one node: nginx with the template that infra/cluster and docker-compose.yml use.</summary>
public sealed class NginxProxy : TestServer
{
    private NginxProxy(ServerHost host, int port) : base(host, port)
    {
    }

    /// <summary>Whether there is an nginx on this machine.</summary>
    public static bool IsInstalled => LocalHost.CanRun(LocalHost.Find("nginx"));

    /// <summary>Its address.</summary>
    public Uri Address => new(ConnectionString);

    /// <inheritdoc/>
    public override string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/");

    /// <summary>Starts one.</summary>
    /// <param name="node">The node that is desk and ticker.</param>
    public static Task<NginxProxy> StartAsync(Uri node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return StartAsync(async () => await MakeAsync(node, FreePort.Next()));
    }

    private protected override async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(Address, "proxy-health"), cancellation);
        return answer.IsSuccessStatusCode;
    }

    private static async Task<NginxProxy> MakeAsync(Uri node, int port)
    {
        var host = new LocalHost("nginx");
        var upstream = string.Create(CultureInfo.InvariantCulture, $"server 127.0.0.1:{node.Port};");
        var configuration = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "infra", "proxy", "nginx.conf.template")))
            .Replace("${PROXY_DIRECTORY}", host.Directory, StringComparison.Ordinal)
            .Replace("${PROXY_LISTEN}", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), StringComparison.Ordinal)
            .Replace("${PROXY_DESK}", upstream, StringComparison.Ordinal)
            .Replace("${PROXY_TICKERS}", upstream, StringComparison.Ordinal);
        var file = Path.Combine(host.Directory, "nginx.conf");
        await File.WriteAllTextAsync(file, configuration);
        // As root, nginx would hand over to a user that may not reach the directory.
        var directives = Environment.IsPrivilegedProcess ? "daemon off; user root;" : "daemon off;";
        host.Command = [LocalHost.Find("nginx")!, "-p", host.Directory, "-e", "stderr", "-c", file, "-g", directives];
        return new NginxProxy(host, port);
    }
}
