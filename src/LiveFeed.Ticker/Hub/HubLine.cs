using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using Microsoft.AspNetCore.SignalR;

namespace LiveFeed.Ticker.Hub;

/// <summary>A reader's hub connection. It closes by itself when the reader takes nothing for 10 s (SignalR's send timeout).</summary>
public sealed class HubLine(string feed, HubConnectionContext connection, HubMessages messages) : IReaderLine
{
    /// <inheritdoc/>
    public Task UpdatedAsync(Position position, Entry entry, long previous, CancellationToken cancellation) =>
        connection.WriteAsync(messages.Updated(entry, previous), cancellation).AsTask();

    /// <inheritdoc/>
    public Task PositionAsync(Position position, CancellationToken cancellation) =>
        connection.WriteAsync(messages.Position(feed, position), cancellation).AsTask();

    /// <summary>A position of another epoch, or far above its own, makes the client follow again; only it knows what it shows.</summary>
    public async Task<Position?> AfreshAsync(Position newest, CancellationToken cancellation)
    {
        await PositionAsync(newest, cancellation);
        return null;
    }
}
