using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>A newsroom on a busy day: items of every length come, grow, shrink, are corrected, withdrawn, pinned and let go.</summary>
/// <param name="newsroom">Where they are published.</param>
/// <param name="seed">The same seed makes the same day.</param>
internal sealed class RandomChanges(Newsroom newsroom, int seed)
{
    private readonly Random random = new(seed);
    private readonly List<Entry> live = [];
    private int made;

    /// <summary>Publishes so many items.</summary>
    public async Task BeginAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await PublishAsync();
        }
    }

    /// <summary>What the reader scrolls to, from 0 at the top to 1 at the end; null: stays.</summary>
    public double? Scroll() => random.Next(10) switch
    {
        0 => 0,
        1 => 1,
        < 5 => null,
        _ => random.NextDouble(),
    };

    /// <summary>The next change: of which item, of what kind, and how to make it.</summary>
    public (Entry? Target, string Kind, Func<Task<Entry>> SendAsync) Next()
    {
        // Mostly of those that a page shows: the newest.
        var at = Math.Max(0, live.Count - 1 - random.Next(Math.Min(live.Count, random.Next(4) == 0 ? live.Count : 25)));
        var seen = live[at];
        return random.Next(12) switch
        {
            < 3 => (null, "new", PublishAsync),
            < 7 => Change("edit", new { body = Text() }),
            7 => (seen, "correct", async () => live[at] = await newsroom.CorrectAsync(seen, new { body = Text(), note = "It was otherwise." })),
            8 when live.Count > 20 => (seen, "retract", () => RetractAsync(seen)),
            < 11 => Change(seen.Pinned ? "unpin" : "pin", new { pinned = !seen.Pinned }),
            _ => Change("key event", new { keyEvent = !seen.KeyEvent }),
        };

        (Entry?, string, Func<Task<Entry>>) Change(string kind, object change) =>
            (seen, kind, async () => live[at] = await newsroom.EditAsync(seen, change));
    }

    private async Task<Entry> PublishAsync()
    {
        live.Add(await newsroom.PublishAsync(Item()));
        return live[^1];
    }

    private Task<Entry> RetractAsync(Entry seen)
    {
        live.Remove(seen);
        return newsroom.RetractAsync(seen, "It was wrong.");
    }

    private object Item() => new { headline = $"Item {++made}", body = Text(), keyEvent = random.Next(5) == 0 };

    private string Text() => string.Join("\n\n", Enumerable.Range(0, 1 + random.Next(random.Next(8) == 0 ? 15 : 4)).Select(i => string.Concat(Enumerable.Repeat($"Words of {made}. ", 1 + random.Next(30)))));
}
