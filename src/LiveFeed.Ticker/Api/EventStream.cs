using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.Api;

/// <summary>
/// A reader's stream of server-sent events (WHATWG HTML, section 9.2). An event's id is the position that the reader stands at once it
/// has it, which the browser sends back when it reconnects.
/// </summary>
internal sealed class EventStream(HttpResponse response, FeedRing ring, Snapshots snapshots, EventTexts texts) : IReaderLine
{
    public Task UpdatedAsync(Position position, Entry entry, long previous, CancellationToken cancellation) =>
        WriteAsync(texts.Updated(position, entry), cancellation);

    // A comment: it keeps proxies from cutting a quiet line, and browsers don't wake the page for it.
    public Task PositionAsync(Position position, CancellationToken cancellation) =>
        WriteAsync(Encoding.UTF8.GetBytes($": {position}\n\n"), cancellation);

    public async Task<Position?> AfreshAsync(Position newest, CancellationToken cancellation)
    {
        var page = await snapshots.NewestAsync(ring, cancellation);
        await ResetAsync(new Followed(page.Feed, page.Position, Reset: true, page.Entries), cancellation);
        return page.Position;
    }

    /// <summary>Says that a stream follows. Nothing on the way may keep it, or hold it back until there is more.</summary>
    public static void Announce(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>What the reader gets first: the snapshot, or what it missed.</summary>
    public async Task BeginAsync(Followed joined, CancellationToken cancellation)
    {
        Announce(response);
        // Not the same for all: when a node is lost, its readers shouldn't come to the next one in step.
        await WriteAsync(Encoding.UTF8.GetBytes($"retry: {Random.Shared.Next(500, 3500)}\n\n"), cancellation);
        if (joined.Reset)
        {
            await ResetAsync(joined, cancellation);
            return;
        }

        foreach (var entry in joined.Entries)
        {
            await WriteAsync(texts.Updated(joined.Position with { Seq = entry.Seq }, entry), cancellation);
        }
    }

    /// <summary>
    /// Says last how soon to come back. Every stream of a node that goes away ends at a moment of its own, so its reader need not wait
    /// long; nor shall it ask too often where there is no other node.
    /// </summary>
    public void End() => response.BodyWriter.Write("retry: 500\n\n"u8);

    private Task ResetAsync(Followed snapshot, CancellationToken cancellation) =>
        WriteAsync(EventTexts.Event("reset", snapshot.Position, snapshot), cancellation);

    private async Task WriteAsync(byte[] text, CancellationToken cancellation)
    {
        await response.BodyWriter.WriteAsync(text, cancellation);
    }
}

/// <summary>Events as text, each written once however many readers get it.</summary>
internal sealed class EventTexts
{
    private readonly ConditionalWeakTable<Entry, byte[]> updates = [];

    public byte[] Updated(Position position, Entry entry) => updates.GetValue(entry, key => Event("updated", position, key));

    public static byte[] Event<T>(string name, Position id, T data) =>
        Encoding.UTF8.GetBytes($"event: {name}\nid: {id}\ndata: {JsonSerializer.Serialize(data, Wire.Json)}\n\n");
}
