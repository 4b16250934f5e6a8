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
    private readonly HubConnection hub;
    private readonly string feed;
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<Entry> seen = [];
    private readonly Dictionary<Guid, Entry> entries = [];
    private Position? position;

    private Reader(Uri node, string feed, string? position, bool messagePack)
    {
        this.feed = feed;
        this.position = Contracts.Position.TryParse(position, out var given) ? given : null;
        var builder = new HubConnectionBuilder().WithUrl(new Uri(node, "/hubs/ticker")).WithAutomaticReconnect(new Endless());
        if (messagePack)
        {
            builder.AddMessagePackProtocol(options =>
                options.SerializerOptions = MessagePackSerializerOptions.Standard.WithResolver(ContractlessStandardResolver.Instance));
        }
        else
        {
            builder.AddJsonProtocol(options => Wire.Configure(options.PayloadSerializerOptions));
        }

        hub = builder.Build();
        On(messagePack);
        hub.Reconnected += _ => FollowAsync();
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

    public static async Task<Reader> OpenAsync(Uri node, string feed, string? position = null, bool messagePack = false)
    {
        var reader = new Reader(node, feed, position, messagePack);
        await reader.hub.StartAsync();
        await reader.FollowAsync();
        return reader;
    }

    /// <summary>Waits until the reader has seen the change <paramref name="entry"/>, or a newer one.</summary>
    public Task SeesAsync(Entry entry) =>
        Eventually.TrueAsync($"the reader of {feed} sees seq {entry.Seq}", () => position is { } now && now.Seq >= entry.Seq);

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        turn.Dispose();
    }

    private void On(bool messagePack)
    {
        if (messagePack)
        {
            hub.On<object, long>("Updated", (entry, previous) => UpdatedAsync(As<Entry>(entry), previous));
        }
        else
        {
            hub.On<Entry, long>("Updated", UpdatedAsync);
        }

        hub.On<string, string>("Position", (_, told) => Contracts.Position.TryParse(told, out var now) && now != position ? FollowAsync() : Task.CompletedTask);
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

    private async Task FollowAsync()
    {
        await turn.WaitAsync();
        try
        {
            await CatchUpAsync();
        }
        catch (Exception broken) when (hub.State is not HubConnectionState.Connected && broken is not HubException)
        {
            // The connection went again; the next one asks again.
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
        public TimeSpan? NextRetryDelay(RetryContext retryContext) => TimeSpan.FromMilliseconds(100);
    }
}
