using System.Net;
using System.Net.Sockets;
using LiveFeed.Ticker.Admission;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// Stands before HTTP and takes those who open the hub's WebSocket in the plain way; everyone else goes on to ASP.NET. A reader
/// taken in here costs a fraction of one at SignalR, and speaks the same protocol: TLS, negotiation, HTTP/2 and all that is
/// unusual get SignalR itself.
/// </summary>
internal sealed class PushDoor(
    Shards shards, Doorkeeper keeper, IOptions<ForwardedHeadersOptions> proxies, FollowCall follow, HubMessages messages,
    IEnumerable<IHubProtocol> protocols, TimeProvider clock, ILogger<PushDoor> log)
{
    // What the kernel holds for a reader who stopped reading. Left to itself it takes megabytes.
    private const int SendBuffer = 64 * 1024;

    private readonly SpokenProtocol[] spoken = [.. protocols.Select(protocol => new SpokenProtocol(protocol, messages))];

    /// <summary>Takes a new connection, or hands it on.</summary>
    public async Task OpenAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(next);
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket && await ReadAsync(connection) is var (request, visit))
        {
            using (visit)
            {
                socket.SendBufferSize = SendBuffer;
                await ServeAsync(connection, socket, request);
            }
        }
        else
        {
            await next(connection);
        }
    }

    private async Task ServeAsync(ConnectionContext connection, Socket socket, UpgradeRequest request)
    {
        var shard = shards.Next();
        var reader = new PushReader(connection, socket, shard);
        reader.Answer(request.Accept());
        shard.Add(reader);
        try
        {
            await new HubSession(connection, reader, follow, spoken, log).RunAsync();
            await HearOutAsync(connection);
        }
        finally
        {
            shards.Exit(shard, reader);
        }
    }

    /// <summary>
    /// Throws away what a reader still says that was told to go, until it has. A line that is closed with bytes unread is reset, and a
    /// reset may overtake what was said last.
    /// </summary>
    private async Task HearOutAsync(ConnectionContext connection)
    {
        var (input, isOver) = (connection.Transport.Input, false);
        await using var patience = clock.CreateTimer(
            _ =>
            {
                Volatile.Write(ref isOver, true);
                input.CancelPendingRead();
            },
            null, TimeSpan.FromSeconds(Patience.LastWords), Timeout.InfiniteTimeSpan);
        try
        {
            for (var read = await input.ReadAsync(); !read.IsCompleted && !Volatile.Read(ref isOver); read = await input.ReadAsync())
            {
                input.AdvanceTo(read.Buffer.End);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // That is what was waited for.
        }
    }

    /// <summary>
    /// Reads the request and lets the reader in, if it is one for us and there is room. Otherwise nothing has been taken off what
    /// has come: ASP.NET answers it, also who must be turned away.
    /// </summary>
    private async Task<(UpgradeRequest Request, Doorkeeper.Visit Visit)?> ReadAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        // Who says nothing for so long is handed on: Kestrel has its own patience with those.
        await using var patience = clock.CreateTimer(_ => input.CancelPendingRead(), null, TimeSpan.FromSeconds(Patience.Handshake), Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync();
                var ours = UpgradeRequest.Read(read.Buffer, out var length, out var request);
                if (ours is true && keeper.TryEnter(AddressOf(connection, request!), out _) is { } visit)
                {
                    input.AdvanceTo(read.Buffer.GetPosition(length));
                    return (request!, visit);
                }

                if (ours is not null || read.IsCanceled || read.IsCompleted)
                {
                    // Nothing examined: the next one to read gets all of it at once.
                    input.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
                    return null;
                }

                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private ReaderAddress AddressOf(ConnectionContext connection, UpgradeRequest request) =>
        ReaderAddress.Of((connection.RemoteEndPoint as IPEndPoint)?.Address, request.ForwardedFor, proxies.Value);
}
