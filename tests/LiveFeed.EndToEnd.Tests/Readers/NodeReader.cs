using System.Diagnostics;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Readers;

/// <summary>A reader on the official JavaScript client, in a Node process (<c>follow.mjs</c>).</summary>
public sealed class NodeReader : IAsyncDisposable
{
    private readonly Process node;
    private readonly Task reading;
    private readonly Lock gate = new();
    private readonly List<Entry> seen = [];
    private readonly Dictionary<Guid, Entry> entries = [];
    private Position? position;

    private NodeReader(Uri ticker, string feed, Door door)
    {
        var start = new ProcessStartInfo(
            "node", [Path.Combine(AppContext.BaseDirectory, "Readers", "follow.mjs"), Packages(), Hub(ticker), feed, door.ToString()])
        {
            RedirectStandardOutput = true,
            // It moves when it is told to here, and ends when this closes, however the tests end.
            RedirectStandardInput = true,
        };
        node = Process.Start(start)!;
        reading = ReadAsync();
    }

    /// <summary>Every change that the reader was shown, in the order it was shown.</summary>
    public IReadOnlyList<Entry> Seen
    {
        get
        {
            lock (gate)
            {
                return [.. seen];
            }
        }
    }

    /// <summary>What stands on the ticker, by id.</summary>
    public IReadOnlyDictionary<Guid, Entry> Ticker
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<Guid, Entry>(entries);
            }
        }
    }

    /// <summary>What the reader has seen.</summary>
    public Position? Position => position;

    public static async Task<NodeReader> OpenAsync(Uri ticker, string feed, Door door = Door.Plain)
    {
        var reader = new NodeReader(ticker, feed, door);
        await Eventually.TrueAsync("the reader on the JavaScript client follows", () => reader.position is not null);
        return reader;
    }

    /// <summary>Goes on at another node, from where it is.</summary>
    public async Task MoveAsync(Uri ticker)
    {
        await node.StandardInput.WriteLineAsync(Hub(ticker));
        await node.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        await reading;
        node.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            var told = JsonSerializer.Deserialize<Line>(line, Wire.Json)!;
            lock (gate)
            {
                if (told.Reset)
                {
                    entries.Clear();
                }

                if (told.Entry is { } entry)
                {
                    seen.Add(entry);
                    entries[entry.Id] = entry;
                }

                position = told.Position ?? position;
            }
        }
    }

    private static string Hub(Uri ticker) => new Uri(ticker, "/hubs/ticker").ToString();

    // The package comes with the front end's tools.
    private static string Packages() => Path.Combine(Repository.Root, "src", "LiveFeed.Web", "package.json");

    private sealed record Line(bool Reset = false, Entry? Entry = null, Position? Position = null);
}
