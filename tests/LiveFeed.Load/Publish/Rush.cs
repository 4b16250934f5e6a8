using System.Diagnostics;

namespace LiveFeed.Load.Publish;

/// <summary>As many items as the server takes: each writer posts the next one as soon as the last is answered.</summary>
internal static class Rush
{
    public static async Task<Figures> RunAsync(DeskClient desk, int feeds, int writers, TimeSpan time)
    {
        var slugs = new List<string>();
        for (var i = 0; i < feeds; i++)
        {
            slugs.Add(await desk.CreateFeedAsync());
        }

        var begun = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => WriteAsync(slugs[writer % feeds])));
        return Figures.Of([.. answers.SelectMany(writer => writer)], Stopwatch.GetElapsedTime(begun));

        async Task<List<(bool, double)>> WriteAsync(string feed)
        {
            var mine = new List<(bool, double)>();
            while (Stopwatch.GetElapsedTime(begun) < time)
            {
                mine.Add(await desk.PostAsync(feed));
            }

            return mine;
        }
    }
}
