using System.Diagnostics;
using LiveFeed.Load.Push.Readers;
using LiveFeed.Load.Push.Servers;

namespace LiveFeed.Load.Push;

/// <summary>Posts items to one feed, one after the other, each numbered.</summary>
internal sealed class Publisher(RunningServer server, string feed)
{
    private const string Words = "The ferry has been refloated and is on its way to the pier under its own power. ";
    private string text = Words;

    /// <summary>The number of the next item.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>How long the text of an item is.</summary>
    public int Length
    {
        get => text.Length;
        set => text = string.Concat(Enumerable.Repeat(Words, (value / Words.Length) + 1))[..(Math.Max(1, value) - 1)] + ".";
    }

    /// <summary>
    /// Publishes. At a pace, an item counts as published when its turn was, so that a server that is slow to accept hides nothing.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="perSecond">The pace; 0 publishes each as soon as the one before is accepted.</param>
    /// <exception cref="HttpRequestException">One was not accepted.</exception>
    public async Task PublishAsync(int count, double perSecond)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var at = Stopwatch.GetTimestamp();
            if (perSecond > 0)
            {
                at = begun + (long)(i / perSecond * Stopwatch.Frequency);
                await UntilAsync(at);
            }

            using var item = new ByteArrayContent(server.Contender.Item(new Mark(Next++, at).ToString(), text));
            item.Headers.ContentType = new("application/json");
            using var answer = await server.Http.PostAsync(new Uri(server.Contender.PublishPath(feed), UriKind.Relative), item);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task UntilAsync(long time)
    {
        if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), time) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left);
        }
    }
}
