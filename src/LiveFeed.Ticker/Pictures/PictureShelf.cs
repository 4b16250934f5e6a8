using LiveFeed.Archive.Pictures;
using Microsoft.Extensions.Caching.Memory;

namespace LiveFeed.Ticker.Pictures;

/// <summary>
/// The pictures that readers asked this node for of late. An item with a picture is pushed to all at once, and all ask for it in the
/// same moment: the archive is asked once.
/// </summary>
internal sealed class PictureShelf(PictureStore store) : IDisposable
{
    /// <summary>Most bytes that the shelf holds; some five hundred pictures.</summary>
    private const long Room = 64 * 1024 * 1024;

    private readonly MemoryCache shelf = new(new MemoryCacheOptions { SizeLimit = Room });
    private readonly Dictionary<(string, int), Task<byte[]?>> underWay = [];
    private readonly Lock gate = new();

    /// <summary>The bytes of a rendition; null when there is none.</summary>
    /// <exception cref="System.Data.Common.DbException">The archive can't be reached.</exception>
    public Task<byte[]?> FindAsync(string id, int width)
    {
        if (shelf.TryGetValue((id, width), out byte[]? held))
        {
            return Task.FromResult(held);
        }

        lock (gate)
        {
            return underWay.TryGetValue((id, width), out var asked) ? asked : underWay[(id, width)] = AskAsync(id, width);
        }
    }

    public void Dispose() => shelf.Dispose();

    private async Task<byte[]?> AskAsync(string id, int width)
    {
        // Not within the lock of who asks first.
        await Task.Yield();
        try
        {
            // For whoever asks; the one who asked first may leave.
            var content = await store.ReadAsync(id, width, CancellationToken.None);
            if (content is not null)
            {
                shelf.Set((id, width), content, new MemoryCacheEntryOptions { Size = content.Length });
            }

            return content;
        }
        finally
        {
            lock (gate)
            {
                underWay.Remove((id, width));
            }
        }
    }
}
