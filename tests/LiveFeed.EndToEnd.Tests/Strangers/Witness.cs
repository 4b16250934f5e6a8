using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>
/// A good reader beside the bad ones, on the official client. It mends nothing and never reconnects: whatever others cost it, shows.
/// </summary>
public sealed class Witness : IAsyncDisposable
{
    private readonly HubConnection hub;
    private readonly List<Entry> seen = [];
    private long at;
    private string? broken;

    private Witness(HubConnection hub)
    {
        this.hub = hub;
        hub.On<Entry, long>("Updated", See);
    }

    /// <summary>Everything that was pushed to it.</summary>
    public IReadOnlyList<Entry> Seen
    {
        get
        {
            lock (seen)
            {
                return [.. seen];
            }
        }
    }

    public static async Task<Witness> OpenAsync(Newsroom newsroom, Door door)
    {
        ArgumentNullException.ThrowIfNull(newsroom);
        var witness = new Witness(new HubConnectionBuilder().WithHub(newsroom.Tickers[0], door)
            .AddJsonProtocol(options => Wire.Configure(options.PayloadSerializerOptions)).Build());
        await witness.hub.StartAsync();
        witness.at = (await witness.hub.InvokeAsync<Followed>("Follow", newsroom.Feed)).Position.Seq;
        return witness;
    }

    /// <summary>Waits until it has seen the change, which has to be soon.</summary>
    public Task SeesAsync(Entry entry) =>
        Eventually.TrueAsync($"the good reader sees seq {entry.Seq}", () => Interlocked.Read(ref at) >= entry.Seq, TimeSpan.FromSeconds(3));

    /// <summary>It saw these changes, each once and in order, on the connection that it began with.</summary>
    public void HasSeen(IEnumerable<Entry> published)
    {
        Assert.Null(broken);
        Assert.Equal(HubConnectionState.Connected, hub.State);
        Assert.Equal(published.Select(entry => (entry.Seq, entry.Id, entry.Revision)), Seen.Select(entry => (entry.Seq, entry.Id, entry.Revision)));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    private void See(Entry entry, long previous)
    {
        lock (seen)
        {
            broken ??= previous == at && entry.Seq > at ? null : $"The change {entry.Seq} after {previous} came to one who stood at {at}.";
            seen.Add(entry);
            Interlocked.Exchange(ref at, entry.Seq);
        }
    }
}
