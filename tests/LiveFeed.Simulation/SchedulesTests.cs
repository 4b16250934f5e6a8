using System.Globalization;
using System.Text;
using LiveFeed.Simulation.Schedules;

namespace LiveFeed.Simulation;

/// <summary>
/// Plays schedules until their number is reached. <c>LIVEFEED_SCHEDULES</c> says how many, 100,000 unless told; <c>LIVEFEED_SEED</c>
/// plays that one alone and tells what happens.
/// </summary>
public sealed class SchedulesTests(ITestOutputHelper output)
{
    private const int Ordinary = 100_000;

    [Fact]
    public void Whatever_happens_in_whatever_order_no_promise_is_broken()
    {
        if (Number("LIVEFEED_SEED") is { } one)
        {
            Assert.Fail(Story(one, Schedule.Play(one, output.WriteLine)));
        }

        var (count, first) = (Number("LIVEFEED_SCHEDULES") ?? Ordinary, 0);
        var began = TimeProvider.System.GetTimestamp();
        var broken = 0;
        int? worst = null;
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, loop) =>
        {
            if (Schedule.Play(seed) is not null)
            {
                Interlocked.Increment(ref broken);
                lock (output)
                {
                    worst = Math.Min(worst ?? seed, seed);
                }

                if (broken >= 20) loop.Stop();
            }
        });
        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} schedules in {took.TotalSeconds:0.0} s."));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} schedules in {took.TotalSeconds:0.0} s."));
        if (worst is { } seed)
        {
            Assert.Fail(Story(seed, Schedule.Play(seed)));
        }
    }

    [Fact]
    public void A_seed_plays_the_same_schedule_every_time() =>
        Assert.All(Enumerable.Range(0, 50), seed => Assert.Equal(Story(seed, null), Story(seed, null)));

    private static string Story(int seed, string? broken)
    {
        var story = new StringBuilder();
        story.AppendLine(CultureInfo.InvariantCulture, $"Seed {seed}: {broken ?? "all promises are kept"}");
        story.AppendLine(CultureInfo.InvariantCulture, $"LIVEFEED_SEED={seed} infra/test --only Whatever_happens plays it again. What happened:");
        Schedule.Play(seed, step => story.AppendLine(CultureInfo.InvariantCulture, $"  {step}"));
        return story.ToString();
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
