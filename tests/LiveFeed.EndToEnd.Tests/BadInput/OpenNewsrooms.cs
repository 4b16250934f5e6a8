using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>A newsroom in each mode that the tests of a class share: what is refused leaves it as it was.</summary>
public sealed class OpenNewsrooms(Servers servers) : IAsyncDisposable
{
    private readonly Dictionary<Mode, Task<Newsroom>> open = [];

    public Servers Servers => servers;

    public Task<Newsroom> InAsync(Mode mode)
    {
        lock (open)
        {
            return open.TryGetValue(mode, out var newsroom) ? newsroom : open[mode] = Newsroom.OpenAsync(servers, mode);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var newsroom in open.Values)
        {
            await (await newsroom).DisposeAsync();
        }
    }
}
