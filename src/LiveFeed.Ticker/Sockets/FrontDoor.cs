using System.Collections.Concurrent;
using System.Net;
using LiveFeed.Ticker.Push;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveFeed.Ticker.Sockets;

/// <summary>
/// Opens the addresses that Kestrel is to serve. On Linux, those for plain HTTP are listened on here, so that the push is offered
/// every connection before Kestrel spends anything on it; everything else is Kestrel's own.
/// </summary>
internal sealed class FrontDoor(PushDoor push, Receivers receivers, IOptions<SocketTransportOptions> options, ILoggerFactory logs)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly ConcurrentDictionary<int, bool> encrypted = [];

    /// <summary>Leaves a port to Kestrel: the push stands before TLS, and would let those in who come without.</summary>
    public void LeaveAlone(EndPoint endpoint)
    {
        if (endpoint is IPEndPoint { Port: var port })
        {
            encrypted[port] = true;
        }
    }

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) =>
        OperatingSystem.IsLinux() && endpoint is IPEndPoint { Port: var port } && !encrypted.ContainsKey(port);

    /// <inheritdoc/>
    /// <exception cref="AddressInUseException">Another program listens there.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new FrontDoorListener(endpoint, push, receivers, options.Value, logs));
}
