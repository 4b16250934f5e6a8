using LiveFeed.Simulation.Readers;

namespace LiveFeed.Simulation.Schedules;

/// <summary>The end of a schedule: nothing fails any more, and what the product does by itself must be enough.</summary>
internal sealed partial class Schedule
{
    // As RingWatch: a comparison every 3 s, each fourth with the archive; a pulse every 10 s.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);
    private const int ArchiveEvery = 4;
    private const int PulseEvery = 3;

    // 12 s until the archive is asked, 10 s until a position is told, 3 s of patience in the client; a call that was refused is
    // asked again within 60 s.
    private const int Rounds = 30;

    private string? Heal()
    {
        tell?.Invoke("Everything is back.");
        scheduler.Do(Repair);
        for (var round = 0; round < Rounds && checker.Broken is null; round++)
        {
            scheduler.Do(() => BeginRound(round));
            Drain();
            if (round % ArchiveEvery == 0 && readers.TrueForAll(checker.IsLevel))
            {
                break;
            }
        }

        Each(checker.Whole);
        if (checker.Broken is null)
        {
            tell?.Invoke("All is well, and there is more news.");
            scheduler.Do(PublishMore);
            Drain();
            Each(checker.Heard);
            Each(checker.Whole);
        }

        return checker.Broken;
    }

    private void PublishMore()
    {
        // No more than the smallest ring keeps: nobody may fall out of it.
        for (var more = random.Next(1, 3); more > 0; more--)
        {
            (random.Next(2) == 0 ? (Action)Publish : Edit)();
        }
    }

    private void Each(Action<Reader> check)
    {
        foreach (var reader in checker.Broken is null ? readers : [])
        {
            check(reader);
        }
    }

    private void Repair()
    {
        archive.IsAway = false;
        cache.IsAway = false;
        nodes.ForEach(node => node.IsCut = false);
        foreach (var reader in readers)
        {
            reader.Sleeps = false;
        }

        // Somebody who comes last, to each node.
        nodes.ForEach(node => Arrive(node, null));
    }

    private void BeginRound(int round)
    {
        tell?.Invoke($"3 s pass; the nodes compare with the {(round % ArchiveEvery == 0 ? "archive" : "cache")}.");
        clock.Pass(Round);
        foreach (var node in nodes)
        {
            _ = node.CompareAsync(askArchive: round % ArchiveEvery == 0);
            if (round % PulseEvery == PulseEvery - 1)
            {
                node.Ring?.Pulse();
            }
        }
    }

    /// <summary>Does all that can be done without more time passing, in any order.</summary>
    private void Drain()
    {
        var able = new List<Action>();
        // Far beyond what there is to do: who goes on without end is stopped, and found not to be whole.
        for (var left = 20_000; left > 0 && checker.Broken is null; left--)
        {
            able.Clear();
            if (scheduler.Ready > 0)
            {
                able.Add(scheduler.GoOn);
            }

            if (!fanOut.IsBusy && fanOut.Queue.Count > 0)
            {
                able.Add(() => scheduler.Do(TakeUp));
            }

            foreach (var node in nodes)
            {
                if (node.Queue.Count > 0)
                {
                    able.Add(() => scheduler.Do(() => Deliver(node, inOrder: true)));
                }
            }

            foreach (var reader in readers)
            {
                if (reader.Line is null or { IsCut: true })
                {
                    able.Add(() => scheduler.Do(() => Connect(reader, AnyNode())));
                }
                else if (reader.Line.HasMore)
                {
                    able.Add(() => scheduler.Do(() => Read(reader)));
                }
            }

            if (able.Count == 0)
            {
                return;
            }

            able[random.Next(able.Count)]();
            Check();
        }
    }
}
