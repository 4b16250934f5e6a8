using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;
using LiveFeed.Simulation.Newsroom;
using LiveFeed.Testing;
using StackExchange.Redis;

namespace LiveFeed.Simulation;

/// <summary>The cache of the simulation is what Redis and its scripts are: whatever is done to both, both answer the same.</summary>
public sealed class CacheTests(ITestOutputHelper output)
{
    private static readonly string[] Keys = ["position", "log", "entries"];

    [Fact]
    public async Task The_simulated_cache_does_what_the_real_one_does()
    {
        var random = Seed.Random(output.WriteLine);
        await using var redis = await RedisServer.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var real = new RecentEntries(connection);
        var simulated = new SimulatedCache(RecentEntries.Kept);
        var logs = new[] { Written(random, new Log(1), 900), Written(random, new Log(2), 300) };
        for (var step = 0; step < 1_500; step++)
        {
            var log = logs[random.Next(12) == 0 ? 1 : 0];
            var near = Math.Max(1, Math.Min(log.Top, step / 2 + random.Next(12)));
            switch (random.Next(40))
            {
                case 0:
                    var lost = random.Next(3);
                    simulated.Drop(lost);
                    await connection.GetDatabase().KeyDeleteAsync($"livefeed:{{{Log.Feed}}}:{Keys[lost]}");
                    break;
                case 1 when random.Next(4) == 0:
                    simulated.Flush();
                    await connection.GetServer("127.0.0.1", redis.Port).FlushAllDatabasesAsync();
                    break;
                case < 6:
                    var stretch = log.Restored(near).Recent(RecentEntries.Kept);
                    stretch = stretch with { Top = stretch.Top with { Epoch = log.Epoch } };
                    await simulated.RefillAsync(stretch);
                    await real.RefillAsync(stretch);
                    break;
                default:
                    var change = new EntryChanged(log.Epoch, log.At(near));
                    Assert.Equal(await real.RememberAsync(change), await simulated.RememberAsync(change));
                    break;
            }

            Assert.Equal(await real.PositionsAsync([Log.Feed]), await simulated.PositionsAsync([Log.Feed]));
            foreach (var seq in new[] { near, Math.Max(0, near - random.Next(20)), random.NextInt64(near + 1) })
            {
                var position = new Position(logs[random.Next(8) == 0 ? 1 : 0].Epoch, seq);
                var (right, found) = (await real.SinceAsync(Log.Feed, position), await simulated.SinceAsync(Log.Feed, position));
                Assert.Equal(right?.Top, found?.Top);
                Assert.Equal(right?.Floor, found?.Floor);
                Assert.Equal(right?.Entries, found?.Entries);
            }
        }
    }

    private static Log Written(Random random, Log log, int changes)
    {
        for (var number = 1; log.Top < changes; number++)
        {
            var kind = (SubmissionKind)Math.Max(0, random.Next(-3, 4));
            var id = new Guid(kind is SubmissionKind.Publish ? number : random.Next(1, number + 1), 0, 0, new byte[8]);
            if (new Submission(number, kind, id, DateTimeOffset.UnixEpoch).Write(log) is { } next)
            {
                log.Append(number, next);
            }
        }

        return log;
    }
}
