using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveFeed.EndToEnd.Tests.Readers;

/// <summary>The two ways into the hub; what is told behind them must be the same.</summary>
public enum Door
{
    /// <summary>A WebSocket at once, as our own pages open it: LiveFeed's own push.</summary>
    Plain,

    /// <summary>SignalR's negotiation first, as its clients do unless told otherwise: SignalR's own transport.</summary>
    Negotiated,
}

/// <summary>Opens official clients through either door.</summary>
public static class Doors
{
    public static IHubConnectionBuilder WithHub(this IHubConnectionBuilder client, Uri node, Door door) =>
        client.WithUrl(new Uri(node, "/hubs/ticker"), options =>
        {
            if (door is Door.Plain)
            {
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
            }
        });
}
