using LiveFeed.Ticker.Admission;
using LiveFeed.Ticker.Push;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveFeed.Ticker.Hub;

/// <summary>
/// SignalR's own door: keeps a place for those who poll, and counts why each connection ended. SignalR tells it the hub only where
/// hands were shaken, and counts no limit of ours.
/// </summary>
internal sealed class HubDoor(
    HubLifetimeManager<TickerHub> connections, IHubProtocolResolver protocols, IOptions<HubOptions> options, IOptions<HubOptions<TickerHub>> hub,
    ILoggerFactory logs, IUserIdProvider users, IServiceScopeFactory scopes, Doorkeeper keeper, Departures departures, TimeProvider clock)
    : HubConnectionHandler<TickerHub>(connections, protocols, options, hub, logs, users, scopes)
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        // Whoever polls is in between two requests too. There was room when it negotiated; if there is none now, it negotiates again.
        Refusal? refusal = null;
        using var visit = connection.GetHttpContext() is { } http && Guarded.IsPoll(http) ? keeper.TryEnter(Guarded.AddressOf(http), out refusal) : null;
        if (refusal is not null)
        {
            keeper.Count(refusal);
            return;
        }

        var begun = clock.GetTimestamp();
        try
        {
            await base.OnConnectedAsync(connection);
        }
        finally
        {
            var waited = clock.GetElapsedTime(begun).TotalSeconds;
            departures.Count(connection.Features.Get<Followings>() is { } shaken ? shaken.End ?? CloseReason.Gone : Guess(connection, waited), Departures.SignalR);
        }
    }

    // SignalR keeps to itself why there was no handshake. Its timer may ring a little before its time.
    private static CloseReason Guess(ConnectionContext connection, double waited) =>
        waited > Patience.Handshake - 0.1 ? CloseReason.NoHandshake
        : connection.ConnectionClosed.IsCancellationRequested ? CloseReason.Gone
        : CloseReason.Malformed;
}
