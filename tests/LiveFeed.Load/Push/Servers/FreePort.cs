using System.Net;
using System.Net.Sockets;

namespace LiveFeed.Load.Push.Servers;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>One that is free now, below those that systems give to outgoing connections.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 30_000);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
