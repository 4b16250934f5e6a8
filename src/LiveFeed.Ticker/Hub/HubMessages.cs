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
    private readonly ConditionalWeakTable<Entry, Updates> updates = [];
    private readonly ConcurrentDictionary<string, (Position Position, SerializedHubMessage Message)> positions = new(StringComparer.Ordinal);

    /// <summary><c>Updated(entry, previous)</c>.</summary>
    public SerializedHubMessage Updated(Entry entry, long previous)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var made = updates.GetValue(entry, static _ => new Updates());
        return previous == entry.Seq - 1 ? made.Next ??= Encode(entry, previous) : made.AfterGap(entry, previous);
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

    private static SerializedHubMessage Encode(Entry entry, long previous) => new(new InvocationMessage("Updated", [entry, previous]));

    private sealed class Updates
    {
        private volatile Tuple<long, SerializedHubMessage>? afterGap;
        private volatile SerializedHubMessage? next;

        /// <summary>For who holds everything up to the change before: nearly everyone.</summary>
        public SerializedHubMessage? Next
        {
            get => next;
            set => next = value;
        }

        /// <summary>For who skips superseded states. After a burst that is everyone at one position, so the last one is kept.</summary>
        public SerializedHubMessage AfterGap(Entry entry, long previous)
        {
            if (afterGap is { } held && held.Item1 == previous)
            {
                return held.Item2;
            }

            var message = Encode(entry, previous);
            afterGap = Tuple.Create(previous, message);
            return message;
        }
    }
}
