using System.Collections.Concurrent;

namespace LiveFeed.Simulation.Planted;

/// <summary>The checker is checked: each mistake must be found, and the sound code is found sound.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    /// <summary>Every mistake is found within so many schedules.</summary>
    private const int Most = 60_000;

    public static TheoryData<string> Names => [.. Bugs.All.Select(bug => bug.Name)];

    [Fact]
    public void Without_a_mistake_nothing_is_found()
    {
        var play = Nursery.Grow(null);

        Assert.Empty(Enumerable.Range(0, 1_000).AsParallel().Where(seed => play(seed, null) is not null));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_mistake_is_found(string name)
    {
        var play = Nursery.Grow(Bugs.All.Single(bug => bug.Name == name));
        var found = new ConcurrentDictionary<int, string>();
        Parallel.For(0, Most, (seed, loop) =>
        {
            if (!loop.ShouldExitCurrentIteration && play(seed, null) is { } broken)
            {
                found[seed] = broken;
                loop.Break();
            }
        });

        Assert.True(!found.IsEmpty, $"{Most} schedules didn't find it: {name}");
        var first = found.Keys.Min();
        output.WriteLine($"Found by the seed {first}: {found[first]}");
    }
}
