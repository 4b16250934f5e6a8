using System.Net;
using System.Net.Sockets;

namespace LiveFeed.Testing;

/// <summary>Ports that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>
    /// A port of the loopback address that is free now. It lies below those that systems give to outgoing connections, so that
    /// none of those takes it while a server is down for a moment.
    /// </summary>
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
