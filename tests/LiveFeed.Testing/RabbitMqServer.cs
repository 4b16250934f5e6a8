using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LiveFeed.Testing;

/// <summary>RabbitMQ, without plugins. Tests that need queues of their own get a virtual host each.</summary>
public sealed class RabbitMqServer : TestServer
{
    // Erlang's name service; RabbitMQ would start one that outlives it, so it gets this one.
    private readonly LocalHost? names;
    private readonly string control;

    private RabbitMqServer(ServerHost host, int port, LocalHost? names, string control) : base(host, port)
    {
        this.names = names;
        this.control = control;
    }

    /// <summary>As an AMQP URI, to the virtual host that is there from the start.</summary>
    public override string ConnectionString => For("");

    /// <summary>Starts one; it takes 5 to 10 seconds.</summary>
    public static Task<RabbitMqServer> StartAsync() => StartAsync(MakeAsync);

    /// <summary>Creates a virtual host, with exchanges and queues of its own, and gives its AMQP URI.</summary>
    /// <param name="name">Its name; one that nobody has used yet unless given.</param>
    public async Task<string> CreateVirtualHostAsync(string? name = null)
    {
        name ??= $"test-{Guid.NewGuid():N}";
        await ControlAsync("add_vhost", name);
        await ControlAsync("set_permissions", "--vhost", name, "guest", ".*", ".*", ".*");
        return For(name);
    }

    /// <summary>Runs <c>rabbitmqctl</c> and gives what it wrote, for example <c>list_queues</c> or <c>close_all_connections</c>.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message says why.</exception>
    public Task<string> ControlAsync(params string[] arguments) => Host.RunAsync([control, "--quiet", .. arguments]);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (names is not null)
        {
            await names.DisposeAsync();
        }
    }

    // AMQP 0-9-1: the server answers the protocol header with a method frame (type 1), or with its own header when it disagrees.
    private protected override async Task<bool> AnswersAsync(CancellationToken cancellation) =>
        await AskAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancellation) == 1;

    private string For(string virtualHost) => string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{Port}/{virtualHost}");

    private static async Task<RabbitMqServer> MakeAsync()
    {
        var port = FreePort.Next();
        // Not the one on the PATH first: on Debian that is a wrapper that changes the user.
        string[] places = ["/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin"];
        var program = LocalHost.Find("rabbitmq-server", places);
        var control = LocalHost.Find("rabbitmqctl", places);
        var epmd = LocalHost.Find("epmd");
        if (!LocalHost.CanRun(program) || control is null || epmd is null)
        {
            var container = ContainerHost.Make("rabbitmq:4", port, 5672, "rabbitmq-server", [], new Dictionary<string, string>());
            return new RabbitMqServer(container, port, null, "rabbitmqctl");
        }

        var names = await StartNamesAsync(epmd);
        var host = new LocalHost("rabbitmq") { Command = [program!] };
        await File.WriteAllTextAsync(
            Path.Combine(host.Directory, "rabbitmq.conf"),
            string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            # On a disk that is nearly full it would stop taking messages, without a word to who sends them.
            disk_free_limit.absolute = 1MB

            """));
        await File.WriteAllTextAsync(Path.Combine(host.Directory, "plugins"), "[].\n");
        foreach (var (name, value) in Settings(host.Directory, port, names.Port))
        {
            host.Environment[name] = value;
        }

        return new RabbitMqServer(host, port, names.Host, control);
    }

    private static Dictionary<string, string> Settings(string directory, int port, int namesPort) => new()
    {
        ["HOME"] = directory,
        ["ERL_EPMD_PORT"] = namesPort.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODENAME"] = string.Create(CultureInfo.InvariantCulture, $"livefeed-{port}@localhost"),
        ["RABBITMQ_DIST_PORT"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(directory, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(directory, "log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(directory, "rabbitmq.conf"),
        ["RABBITMQ_CONFIG_FILES"] = Path.Combine(directory, "none"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(directory, "none.config"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(directory, "none.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(directory, "plugins"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(directory, "pid"),
        // Two threads that sleep when there is nothing to do: the machine is for the tests.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
            "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}",
        ["RABBITMQ_CTL_ERL_ARGS"] = "+S 1:1 +sbwt none",
        ["LC_ALL"] = "C.UTF-8",
    };

    private static async Task<(LocalHost Host, int Port)> StartNamesAsync(string epmd)
    {
        var port = FreePort.Next();
        var host = new LocalHost("epmd") { Command = [epmd, "-port", port.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1"] };
        await host.StartAsync();
        await Eventually.TrueAsync($"epmd listens on port {port}", async cancellation =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        });
        return (host, port);
    }
}
