using System.Net;
using System.Net.Sockets;

namespace LiveFeed.Testing;

/// <summary>
/// A real server for the tests, on free ports of the loopback address, with data of its own. It and its data are gone when it
/// is disposed of, and when the test process ends, however that ends.
/// </summary>
public abstract class TestServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ServerHost host;

    private protected TestServer(ServerHost host, int port)
    {
        this.host = host;
        Port = port;
    }

    /// <summary>The port it listens on, at 127.0.0.1. It stays the same when the server is started again.</summary>
    public int Port { get; }

    /// <summary>What clients connect with.</summary>
    public abstract string ConnectionString { get; }

    private protected ServerHost Host => host;

    /// <summary>Ends it at once (kill -9, with all its processes): nothing more is written, no client is told.</summary>
    public virtual Task KillAsync() => host.KillAsync();

    /// <summary>Lets it end in order. Its data stay.</summary>
    public virtual Task StopAsync() => host.StopAsync();

    /// <summary>Starts it after <see cref="KillAsync"/> or <see cref="StopAsync"/>, on the same port and data, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        await host.StartAsync();
        await UntilItAnswersAsync();
    }

    /// <summary>Ends it and removes its data.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>True when it serves; throws or is false until then.</summary>
    private protected abstract Task<bool> AnswersAsync(CancellationToken cancellation);

    /// <summary>Starts what <paramref name="make"/> makes; once more with other ports when somebody took one of them meanwhile.</summary>
    private protected static async Task<TServer> StartAsync<TServer>(Func<Task<TServer>> make) where TServer : TestServer
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = await make();
            try
            {
                await server.StartAgainAsync();
                return server;
            }
            catch (Exception failure)
            {
                await server.DisposeAsync();
                if (attempt == 3 || failure is not InvalidOperationException)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Sends some bytes and gives the first byte of the answer.</summary>
    private protected async Task<int> AskAsync(ReadOnlyMemory<byte> question, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(question, cancellation);
        var answer = new byte[1];
        return await stream.ReadAsync(answer, cancellation) == 1 ? answer[0] : -1;
    }

    private async Task UntilItAnswersAsync()
    {
        try
        {
            await Eventually.TrueAsync(
                $"{GetType().Name} answers on port {Port}",
                async cancellation => host.Failed || await AnswersAsync(cancellation),
                Patience);
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"{failure.Message}\n{await host.LogAsync()}", failure.InnerException);
        }

        if (host.Failed)
        {
            throw new InvalidOperationException($"{GetType().Name} ended at its start.\n{await host.LogAsync()}");
        }
    }
}
