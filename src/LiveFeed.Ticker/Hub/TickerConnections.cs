using System.Collections.Concurrent;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Push;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Hub;

/// <summary>
/// Hands every connection its <see cref="Followings"/>. SignalR's own groups aren't used: a group send waits for its slowest
/// member, and remembers nothing for those who were away.
/// </summary>
public sealed class TickerConnections(ILogger<DefaultHubLifetimeManager<TickerHub>> log) : DefaultHubLifetimeManager<TickerHub>(log)
{
    private readonly ConcurrentDictionary<HubConnectionContext, bool> open = [];

    /// <summary>Asks every reader to go to another node, each after a time of its own.</summary>
    internal void SendAway(Func<TimeSpan> after)
    {
        foreach (var connection in open.Keys)
        {
            // Nobody is waited for: a reader that takes nothing has time until its connection is closed.
            _ = connection.WriteAsync(new InvocationMessage("Reconnect", [(long)after().TotalMilliseconds])).AsTask();
        }
    }

    /// <summary>Sends every reader away now; it comes back elsewhere.</summary>
    internal void SendAway()
    {
        foreach (var connection in open.Keys)
        {
            _ = CloseAsync(connection, CloseReason.GoingAway);
        }
    }

    /// <summary>Cuts off the readers who follow a feed that their site may not show.</summary>
    internal void CutOff(Func<Feed, Site, bool> isRefused)
    {
        foreach (var connection in open.Keys.Where(one => one.Features.Get<Followings>()!.IsRefused(isRefused)))
        {
            _ = CloseAsync(connection, CloseReason.NotForThisSite);
        }
    }

    /// <inheritdoc/>
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.Features.Set(new Followings(connection));
        open.TryAdd(connection, true);
        return base.OnConnectedAsync(connection);
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        open.TryRemove(connection, out _);
        await connection.Features.Get<Followings>()!.StopAllAsync();
        await base.OnDisconnectedAsync(connection);
    }

    private static async Task CloseAsync(HubConnectionContext connection, CloseReason reason)
    {
        var followings = connection.Features.Get<Followings>()!;
        followings.End = reason;
        // Nothing is told after a farewell.
        await followings.StopAllAsync();
        await connection.WriteAsync(new CloseMessage(reason.Text, reason.ComeBack));
    }
}
