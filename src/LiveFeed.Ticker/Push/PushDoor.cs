using System.Net.Sockets;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Hub;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// Stands before HTTP and takes those who open the hub's WebSocket in the plain way; everyone else goes on to ASP.NET. A reader
/// taken in here costs a fraction of one at SignalR, and speaks the same protocol: TLS, negotiation, HTTP/2 and all that is
/// unusual get SignalR itself.
/// </summary>
internal sealed class PushDoor(
    Shards shards, FollowCall follow, HubMessages messages, IEnumerable<IHubProtocol> protocols, TimeProvider clock, ILogger<PushDoor> log)
{
    // What the kernel holds for a reader who stopped reading. Left to itself it takes megabytes.
    private const int SendBuffer = 64 * 1024;

    private readonly SpokenProtocol[] spoken = [.. protocols.Select(protocol => new SpokenProtocol(protocol, messages))];

    /// <summary>Takes a new connection, or hands it on.</summary>
    public async Task OpenAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(next);
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket || await ReadAsync(connection) is not { } request)
        {
            await next(connection);
            return;
        }

        socket.SendBufferSize = SendBuffer;
        await ServeAsync(connection, socket, request);
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
        }
        finally
        {
            shard.Remove(reader);
            shards.Count(reader.End ?? CloseReason.Gone);
        }
    }

    /// <summary>Reads the request, if it is one for us. Otherwise nothing has been taken off what has come.</summary>
    private async Task<UpgradeRequest?> ReadAsync(ConnectionContext connection)
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
                if (ours is true)
                {
                    input.AdvanceTo(read.Buffer.GetPosition(length));
                    return request;
                }

                if (ours is false || read.IsCanceled || read.IsCompleted)
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
}
