using System.Diagnostics;

namespace LiveFeed.Load.Publish;

/// <summary>Items at a fixed pace, whether or not the ones before are answered: a slow answer can't hide those that wait behind it.</summary>
internal static class Steady
{
    public static async Task<Figures> RunAsync(DeskClient desk, int perSecond, TimeSpan time)
    {
        var feed = await desk.CreateFeedAsync();
        var answers = new List<Task<(bool, double)>>();
        var begun = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        while (Stopwatch.GetElapsedTime(begun) < time)
        {
            answers.Add(desk.PostAsync(feed));
            await pace.WaitForNextTickAsync();
        }

        return Figures.Of(await Task.WhenAll(answers), Stopwatch.GetElapsedTime(begun));
    }
}
