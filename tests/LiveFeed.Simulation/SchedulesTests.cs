using System.Globalization;
using System.Text;
using LiveFeed.Simulation.Schedules;

// The schedules take all cores; a test that waits for Redis beside them would wait for its turn.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace LiveFeed.Simulation;

/// <summary>
/// Plays the schedules of the seeds from 0 on. <c>LIVEFEED_SCHEDULES</c> says how many; <c>LIVEFEED_SEED</c> plays one again and
/// tells all that happens in it.
/// </summary>
public sealed class SchedulesTests(ITestOutputHelper output)
{
    private const int Ordinary = 100_000;

    [Fact]
    public void Whatever_happens_in_whatever_order_no_promise_is_broken()
    {
        if (Number("LIVEFEED_SEED") is { } seed)
        {
            var story = Story(seed);
            output.WriteLine(story);
            Assert.True(Schedule.Play(seed) is null, story);
            return;
        }

        var began = TimeProvider.System.GetTimestamp();
        var count = Number("LIVEFEED_SCHEDULES") ?? Ordinary;
        var played = Parallel.For(0, count, (seed, loop) =>
        {
            if (Schedule.Play(seed) is not null)
            {
                loop.Break();
            }
        });

        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} schedules in {seconds:0.0} s"));
        Assert.True(played.IsCompleted, played.LowestBreakIteration is { } broken ? Story((int)broken) : null);
    }

    [Fact]
    public void A_seed_plays_the_same_schedule_every_time() => Assert.All(Enumerable.Range(0, 50), seed => Assert.Equal(Story(seed), Story(seed)));

    private static string Story(int seed)
    {
        var steps = new StringBuilder();
        var broken = Schedule.Play(seed, step => steps.AppendLine(CultureInfo.InvariantCulture, $"  {step}"));
        return $"""
            The seed {seed}: {broken ?? "every promise was kept"}
            'LIVEFEED_SEED={seed} infra/test --only {nameof(Whatever_happens_in_whatever_order_no_promise_is_broken)}' plays it again. What happened:
            {steps}
            """;
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
