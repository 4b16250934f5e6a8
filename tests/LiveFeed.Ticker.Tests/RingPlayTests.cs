using System.Globalization;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Ring;

namespace LiveFeed.Ticker.Tests;

/// <summary>
/// Plays a feed through at random: changes that come late, twice or not at all, and readers who read at their own pace, go away and
/// come back. <c>LIVEFEED_TEST_SEED</c> plays one again.
/// </summary>
public sealed class RingPlayTests(ITestOutputHelper output)
{
    private const int Kept = 12;

    [Fact]
    public void Whoever_catches_up_over_superseded_states_shows_what_the_log_says()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LIVEFEED_TEST_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given : Random.Shared.Next();
        output.WriteLine($"LIVEFEED_TEST_SEED={seed}");
        for (var round = 0; round < 200; round++)
        {
            Play(new Random(seed + round));
        }
    }

    private static void Play(Random random)
    {
        var log = new Log();
        var ring = RingState.Of(log.Recent(Kept), Kept);
        var ids = Enumerable.Range(0, 30).Select(_ => Id(random)).ToList();
        var underWay = new List<EntryChanged>();
        var readers = Enumerable.Range(0, 4).Select(_ => new Reader(0, [])).ToList();
        for (var step = 0; step < 150; step++)
        {
            switch (random.Next(4))
            {
                case 0:
                    var change = log.Change(ids[random.Next(ids.Count)], random.Next(5) == 0 ? EntryStatus.Retracted : EntryStatus.Live);
                    underWay.AddRange(Enumerable.Repeat(change, random.Next(3)));
                    break;
                case 1 when underWay.Count > 0:
                    var index = random.Next(underWay.Count);
                    ring = Bring(ring, log, underWay[index]);
                    underWay.RemoveAt(index);
                    break;
                case 2:
                    readers[random.Next(readers.Count)].Read(ring, log, atMost: random.Next(1, 4));
                    break;
                case 3 when log.Top > 0:
                    // A new reader, who has the page as it stood at some time.
                    var seq = random.NextInt64(log.Top + 1);
                    readers[random.Next(readers.Count)] = new Reader(seq, log.SeenUpTo(seq));
                    break;
            }

            Assert.True(ring.Top.Seq <= log.Top);
            Assert.True(ring.Entries.Count <= Kept);
            Assert.Equal(log.SeenUpTo(ring.Top.Seq).Values.Where(entry => entry.Seq > ring.Floor).OrderBy(entry => entry.Seq), ring.Entries);
        }

        ring = ring.Top == log.Position ? ring : ring.Join(log.Since(ring.Top.Seq))!;
        foreach (var reader in readers)
        {
            reader.Read(ring, log, atMost: int.MaxValue);
            Assert.Equal(log.Top, reader.Position);
            Assert.Equivalent(log.SeenUpTo(log.Top), reader.Shown, strict: true);
        }
    }

    private static RingState Bring(RingState ring, Log log, EntryChanged change)
    {
        var step = ring.Apply(change);
        return step.Kind is not RingStepKind.Hole ? step.State
            : ring.Join(log.Since(ring.Top.Seq))!.Apply(change) is { Kind: RingStepKind.Repeat } filled ? filled.State
            : throw new InvalidOperationException("A filled hole still isn't whole.");
    }

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private sealed class Reader(long position, Dictionary<Guid, Entry> shown)
    {
        public long Position { get; private set; } = position;

        public Dictionary<Guid, Entry> Shown { get; } = shown;

        public void Read(RingState ring, Log log, int atMost)
        {
            if (!ring.Reaches(Position))
            {
                foreach (var missed in log.Since(Position).Entries)
                {
                    Take(missed);
                }
            }

            for (var i = 0; i < atMost && ring.NextAfter(ring.Top with { Seq = Position }) is { Kind: RingNextKind.Change } next; i++)
            {
                Assert.True(next.Previous <= Position, "The reader is told that it has a hole, and has none.");
                Take(next.Entry!);
            }
        }

        private void Take(Entry entry)
        {
            Assert.True(entry.Seq > Position, "A change came after a later one.");
            Assert.True(!Shown.TryGetValue(entry.Id, out var held) || held.Revision < entry.Revision, "An old state came back.");
            Shown[entry.Id] = entry;
            Position = entry.Seq;
        }
    }
}
