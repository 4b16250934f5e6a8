using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace LiveFeed.Ticker.Hub;

/// <summary>
/// The messages that are pushed, each encoded once per protocol however many readers get it. They live as long as the ring holds
/// their entry.
/// </summary>
public sealed class HubMessages
{
    private readonly ConditionalWeakTable<Entry, Update> updates = [];
    private readonly ConcurrentDictionary<string, (Position Position, SerializedHubMessage Message)> positions = new(StringComparer.Ordinal);

    /// <summary><c>Updated(entry, previous)</c>.</summary>
    public SerializedHubMessage Updated(Entry entry, long previous)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var made = updates.GetValue(entry, static _ => new Update());
        if (made.Last is { } held && held.Previous == previous)
        {
            return held.Message;
        }

        var message = new SerializedHubMessage(new InvocationMessage("Updated", [entry, previous]));
        made.Last = new(previous, message);
        return message;
    }

    /// <summary><c>Position(feed, position)</c>.</summary>
    public SerializedHubMessage Position(string feed, Position position)
    {
        // Nearly all followers of a feed stand at the same place when the pulse comes.
        if (positions.TryGetValue(feed, out var last) && last.Position == position)
        {
            return last.Message;
        }

        var message = new SerializedHubMessage(new InvocationMessage("Position", [feed, position.ToString()]));
        positions[feed] = (position, message);
        return message;
    }

    // A ring tells the same entry with the same previous to everyone, until the entry before it is superseded.
    private sealed class Update
    {
        private volatile Made? last;

        public Made? Last
        {
            get => last;
            set => last = value;
        }
    }

    private sealed record Made(long Previous, SerializedHubMessage Message);
}
