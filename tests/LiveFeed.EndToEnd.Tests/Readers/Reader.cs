using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Testing;
using MessagePack;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.Readers;

/// <summary>
/// A reader on the official .NET client, who keeps to the hub's contract: ignores what it has seen, asks when it sees a hole,
/// and asks again with its position after every break.
/// </summary>
public sealed class Reader : IAsyncDisposable
{
    private readonly string feed;
    private readonly bool messagePack;
    private readonly Door door;
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<Entry> seen = [];
    private readonly Dictionary<Guid, Entry> entries = [];
    private HubConnection hub;
    private Position? position;

    private Reader(Uri node, string feed, string? position, bool messagePack, Door door)
    {
        this.feed = feed;
        this.messagePack = messagePack;
        this.door = door;
        this.position = Contracts.Position.TryParse(position, out var given) ? given : null;
        hub = Line(node);
    }

    /// <summary>Every change that the reader was shown, in the order it was shown.</summary>
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

    /// <summary>How often the reader had to start afresh.</summary>
    public int Resets { get; private set; }

    /// <summary>What stands on the ticker, in readers' order.</summary>
    public IReadOnlyList<Entry> Ticker
    {
        get
        {
            lock (seen)
            {
                return [.. entries.Values.OrderByDescending(entry => entry.Pinned).ThenByDescending(entry => entry.PublishedAt).ThenByDescending(entry => entry.Id.ToString(), StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>What the reader has seen.</summary>
    public Position? Position => position;

    public static async Task<Reader> OpenAsync(Uri node, string feed, string? position = null, bool messagePack = false, Door door = Door.Plain)
    {
        var reader = new Reader(node, feed, position, messagePack, door);
        await reader.hub.StartAsync();
        await reader.turn.WaitAsync();
        try
        {
            await reader.CatchUpAsync();
        }
        finally
        {
            reader.turn.Release();
        }

        return reader;
    }

    /// <summary>Confirms what the reader has seen, as a page does.</summary>
    /// <param name="previous">The seq that stood on the screen before; null when nobody looks at it.</param>
    /// <param name="ago">How many milliseconds ago it came onto the screen.</param>
    /// <param name="position">Up to where; what the reader has seen unless said.</param>
    public Task<Asked> ConfirmAsync(long? previous = null, long? ago = null, string? position = null) =>
        hub.InvokeAsync<Asked>("Seen", feed, position ?? this.position.ToString(), previous, ago);

    /// <summary>Says that it is the newsroom's own.</summary>
    public Task BeMonitorAsync() => hub.InvokeAsync("Monitor", feed);

    /// <summary>Goes on at another node, from where it is.</summary>
    public async Task MoveAsync(Uri node)
    {
        var left = hub;
        hub = Line(node);
        await left.DisposeAsync();
        await hub.StartAsync();
        await FollowAsync(hub);
    }

    /// <summary>Waits until the reader has seen the change <paramref name="entry"/>, or a newer one.</summary>
    public Task SeesAsync(Entry entry) =>
        Eventually.TrueAsync($"the reader of {feed} sees seq {entry.Seq}", () => position is { } now && now.Seq >= entry.Seq);

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        turn.Dispose();
    }

    private HubConnection Line(Uri node)
    {
        var builder = new HubConnectionBuilder().WithHub(node, door).WithAutomaticReconnect(new Endless());
        if (messagePack)
        {
            builder.AddMessagePackProtocol(options =>
                options.SerializerOptions = MessagePackSerializerOptions.Standard.WithResolver(ContractlessStandardResolver.Instance));
        }
        else
        {
            builder.AddJsonProtocol(options => Wire.Configure(options.PayloadSerializerOptions));
        }

        var line = builder.Build();
        if (messagePack)
        {
            line.On<object, long>("Updated", (entry, previous) => UpdatedAsync(As<Entry>(entry), previous));
        }
        else
        {
            line.On<Entry, long>("Updated", UpdatedAsync);
        }

        line.On<string, string>("Position", (_, told) => Contracts.Position.TryParse(told, out var now) && now != position ? FollowAsync(line) : Task.CompletedTask);
        line.Reconnected += _ => FollowAsync(line);
        return line;
    }

    // One at a time: an update that comes while the answer to Follow is on its way waits for it.
    private async Task UpdatedAsync(Entry entry, long previous)
    {
        await turn.WaitAsync();
        try
        {
            if (position is not { } now || entry.Seq <= now.Seq)
            {
                return;
            }

            if (previous > now.Seq)
            {
                await CatchUpAsync();
                return;
            }

            Show(entry);
            position = now with { Seq = entry.Seq };
        }
        finally
        {
            turn.Release();
        }
    }

    // Who isn't following hears nothing, so it asks until it is answered, or the line breaks: then the next line asks.
    private async Task FollowAsync(HubConnection line)
    {
        await turn.WaitAsync();
        try
        {
            while (line == hub && line.State is HubConnectionState.Connected)
            {
                try
                {
                    await CatchUpAsync();
                    return;
                }
                catch (Exception)
                {
                    await Task.Delay(Endless.Jitter(), CancellationToken.None);
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task CatchUpAsync()
    {
        var answer = As<Followed>(position is { } known
            ? await hub.InvokeAsync<object>("Follow", feed, known.ToString())
            : await hub.InvokeAsync<object>("Follow", feed));
        if (answer.Reset)
        {
            Resets++;
            lock (seen)
            {
                entries.Clear();
            }
        }

        foreach (var entry in answer.Entries)
        {
            Show(entry);
        }

        position = answer.Position;
    }

    private void Show(Entry entry)
    {
        lock (seen)
        {
            seen.Add(entry);
            entries[entry.Id] = entry;
        }
    }

    // What MessagePack brings as maps and lists has the same names and forms as the JSON.
    private static T As<T>(object value) =>
        value is JsonElement json ? json.Deserialize<T>(Wire.Json)! : JsonSerializer.SerializeToElement(value).Deserialize<T>(Wire.Json)!;

    private sealed class Endless : IRetryPolicy
    {
        public static TimeSpan Jitter() => TimeSpan.FromMilliseconds(Random.Shared.Next(100, 300));

        public TimeSpan? NextRetryDelay(RetryContext retryContext) => Jitter();
    }
}
