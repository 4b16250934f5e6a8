using System.Globalization;

namespace LiveFeed.Testing;

/// <summary>Redis, which keeps nothing on disk: after a restart it is empty.</summary>
public sealed class RedisServer : TestServer
{
    private RedisServer(ServerHost host, int port) : base(host, port)
    {
    }

    /// <summary>In StackExchange.Redis's form, with all commands allowed (FLUSHALL too).</summary>
    public override string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},allowAdmin=true");

    /// <summary>Starts one.</summary>
    public static Task<RedisServer> StartAsync() => StartAsync(() => Task.FromResult(Make(FreePort.Next())));

    private protected override async Task<bool> AnswersAsync(CancellationToken cancellation) =>
        await AskAsync("PING\r\n"u8.ToArray(), cancellation) == '+';

    private static RedisServer Make(int port)
    {
        string[] options = ["--save", "", "--appendonly", "no"];
        var program = LocalHost.Find("redis-server");
        if (!LocalHost.CanRun(program))
        {
            var container = ContainerHost.Make("redis:7", port, 6379, "redis-server", ["redis-server", .. options], new Dictionary<string, string>());
            return new RedisServer(container, port);
        }

        return new RedisServer(
            new LocalHost("redis")
            {
                Command = [program!, "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), .. options],
            },
            port);
    }
}
