using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Hub;

/// <summary>
/// Hands every connection its <see cref="Followings"/>. SignalR's own groups aren't used: a group send waits for its slowest
/// member, and remembers nothing for those who were away.
/// </summary>
public sealed class TickerConnections(ILogger<DefaultHubLifetimeManager<TickerHub>> log) : DefaultHubLifetimeManager<TickerHub>(log)
{
    /// <inheritdoc/>
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.Features.Set(new Followings(connection));
        return base.OnConnectedAsync(connection);
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await connection.Features.Get<Followings>()!.StopAllAsync();
        await base.OnDisconnectedAsync(connection);
    }
}
