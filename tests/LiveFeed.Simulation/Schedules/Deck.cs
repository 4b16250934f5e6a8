using LiveFeed.Contracts;
using LiveFeed.Simulation.Newsroom;
using LiveFeed.Simulation.Nodes;
using LiveFeed.Simulation.Readers;

namespace LiveFeed.Simulation.Schedules;

/// <summary>What may happen. Each schedule is dealt some of it, some more often than other: a few faults together find more than all at once.</summary>
internal sealed partial class Schedule
{
    private readonly List<Action> deck;

    private List<Action> Deal()
    {
        var dealt = new List<Action>();
        Always(Publish, 4);
        Always(TakeUp, 5);
        Always(Deliver, 6);
        Always(Read, 9);
        Always(Connect, 3);
        Always(Arrive, 2);
        Perhaps(Edit, 4);
        Perhaps(Retract, 1);
        Perhaps(Pin, 1);
        Perhaps(SubmitAgain, 3);
        Perhaps(FanOutDies, 1);
        Perhaps(DeliverLater, 2);
        Perhaps(LoseAnnouncement, 3);
        Perhaps(RepeatAnnouncement, 1);
        Perhaps(CutNode, 1);
        Perhaps(RestartNode, 1);
        Perhaps(FlushCache, 1);
        Perhaps(DropKey, 1);
        Perhaps(CacheComesAndGoes, 1);
        Perhaps(ArchiveComesAndGoes, 1);
        Perhaps(RestoreBackup, 1);
        Perhaps(SleepOrWake, 1);
        Perhaps(LoseMessage, 2);
        Perhaps(BreakLine, 1);
        Perhaps(Move, 1);
        Perhaps(Compare, 2);
        Perhaps(Pulse, 1);
        Perhaps(PassTime, 2);
        Perhaps(ReadPage, 4);
        return dealt;

        void Always(Action card, int most) => dealt.AddRange(Enumerable.Repeat(card, random.Next(1, most + 1)));

        void Perhaps(Action card, int most) => dealt.AddRange(Enumerable.Repeat(card, random.Next(2) * random.Next(1, most + 1)));
    }

    // --- The newsroom

    /// <summary>What the feed held before the first reader came.</summary>
    private void WriteHistory(int changes)
    {
        for (var i = 0; i < changes; i++)
        {
            var kind = random.Next(3) > 0 || entries == 0 ? SubmissionKind.Publish : (SubmissionKind)random.Next(1, 4);
            var submission = Submission(kind, kind is SubmissionKind.Publish ? ++entries : random.Next(1, entries + 1));
            if (submission.Write(archive.Log) is { } next)
            {
                archive.Log.Append(submission.Number, next);
            }
        }

        tell?.Invoke($"The feed begins with {Checker.Names(archive.Log.Between(0, archive.Log.Top))}.");
    }

    private void Publish() => Submit(SubmissionKind.Publish, ++entries);

    private void Edit() => Submit(SubmissionKind.Edit);

    private void Retract() => Submit(SubmissionKind.Retract);

    private void Pin() => Submit(SubmissionKind.Pin);

    private void Submit(SubmissionKind kind)
    {
        if (entries > 0)
        {
            Submit(kind, random.Next(1, entries + 1));
        }
    }

    private void SubmitAgain()
    {
        if (submitted.FindAll(submission => archive.Log.SeqOf(submission.Number) is not null) is { Count: > 0 } carriedOut)
        {
            var again = carriedOut[random.Next(carriedOut.Count)];
            fanOut.Queue.Insert(random.Next(Math.Min(3, fanOut.Queue.Count + 1)), again);
            tell?.Invoke($"Who submitted {again.Number} never heard the answer, and submits it again.");
        }
    }

    private void Submit(SubmissionKind kind, int entry)
    {
        submitted.Add(Submission(kind, entry));
        fanOut.Queue.Add(submitted[^1]);
        tell?.Invoke($"The desk submits {submissions}: {kind} entry {entry}.");
    }

    // Some are dated back, and some are of the same moment.
    private Submission Submission(SubmissionKind kind, int entry) => new(
        ++submissions, kind, new Guid(entry, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
        DateTimeOffset.UnixEpoch.AddMinutes(Math.Max(1, entry - random.Next(3) * random.Next(4))));

    private void TakeUp()
    {
        if (!fanOut.IsBusy && fanOut.Queue.Count > 0)
        {
            var count = random.Next(1, 4);
            tell?.Invoke($"The fan-out takes up {string.Join(", ", fanOut.Queue.Take(count).Select(submission => submission.Number))}.");
            fanOut.TakeUp(count);
        }
    }

    private void FanOutDies()
    {
        if (fanOut.IsBusy)
        {
            tell?.Invoke("The fan-out dies in the middle of it; another one takes over.");
            fanOut.Die();
        }
    }

    private void RestoreBackup()
    {
        if (archive.Log.Number < 4)
        {
            var seq = random.NextInt64(archive.Log.Top + 1);
            archive.Restore(seq);
            tell?.Invoke($"A backup of the archive is restored, which reached to {seq}: the log is {archive.Log.Epoch} now.");
        }
    }

    private void ArchiveComesAndGoes()
    {
        archive.IsAway = !archive.IsAway;
        tell?.Invoke(archive.IsAway ? "The archive goes away." : "The archive is back.");
    }

    private void FlushCache()
    {
        cache.Flush();
        tell?.Invoke("The cache is flushed.");
    }

    private void DropKey()
    {
        var key = random.Next(3);
        cache.Drop(key);
        tell?.Invoke($"The cache loses its {(key == 0 ? "position" : key == 1 ? "log" : "entries")}.");
    }

    private void CacheComesAndGoes()
    {
        cache.IsAway = !cache.IsAway;
        tell?.Invoke(cache.IsAway ? "The cache goes away." : "The cache is back.");
    }

    // --- The nodes

    private Node AnyNode() => nodes[random.Next(nodes.Count)];

    private void Deliver() => Deliver(AnyNode(), inOrder: true);

    private void DeliverLater() => Deliver(AnyNode(), inOrder: false);

    private void Deliver(Node node, bool inOrder)
    {
        if (node.Queue.Count > 0)
        {
            var index = inOrder ? 0 : random.Next(node.Queue.Count);
            var change = node.Queue[index];
            node.Queue.RemoveAt(index);
            tell?.Invoke($"{node.Name} hears of {Checker.Name(change.Entry)} in {change.Epoch}{(index > 0 ? ", out of order" : "")}.");
            _ = node.TakeInAsync(change);
        }
    }

    private void LoseAnnouncement()
    {
        var node = AnyNode();
        if (node.Queue.Count > 0)
        {
            var index = random.Next(node.Queue.Count);
            tell?.Invoke($"The announcement of {Checker.Name(node.Queue[index].Entry)} to {node.Name} is lost.");
            node.Queue.RemoveAt(index);
        }
    }

    private void RepeatAnnouncement()
    {
        var node = AnyNode();
        if (node.Queue.Count > 0)
        {
            var change = node.Queue[random.Next(node.Queue.Count)];
            node.Queue.Insert(random.Next(node.Queue.Count + 1), change);
            tell?.Invoke($"The announcement of {Checker.Name(change.Entry)} to {node.Name} will come twice.");
        }
    }

    private void CutNode()
    {
        var node = AnyNode();
        node.IsCut = !node.IsCut;
        tell?.Invoke(node.IsCut ? $"{node.Name} is cut from the broker." : $"{node.Name} hears the broker again.");
    }

    private void RestartNode()
    {
        var index = random.Next(nodes.Count);
        nodes[index].End();
        nodes[index] = NewNode(nodes[index].Name);
        tell?.Invoke($"{nodes[index].Name} restarts.");
    }

    private void Compare()
    {
        var (node, askArchive) = (AnyNode(), random.Next(2) == 0);
        tell?.Invoke($"{node.Name} compares its ring with the {(askArchive ? "archive" : "cache")}.");
        _ = node.CompareAsync(askArchive);
    }

    private void Pulse()
    {
        var node = AnyNode();
        tell?.Invoke($"{node.Name} tells its readers where they stand.");
        node.Ring?.Pulse();
    }

    private void PassTime()
    {
        var seconds = random.Next(1, 6);
        tell?.Invoke($"{seconds} s pass.");
        clock.Pass(TimeSpan.FromSeconds(seconds));
    }

    private void ReadPage() => _ = ReadPageAsync(AnyNode());

    private async Task ReadPageAsync(Node node)
    {
        tell?.Invoke($"A shared cache asks {node.Name} for the page.");
        if (await node.PageAsync() is { } page)
        {
            pages.Add(page);
            tell?.Invoke($"The shared cache has the page of {node.Name} at {page.Position}: {Checker.Names(page.Entries)}.");
        }
    }

    // --- The readers

    private Reader? AnyReader() => readers.Count > 0 ? readers[random.Next(readers.Count)] : null;

    private void Arrive()
    {
        if (readers.Count < ReaderNames.Length - NodeNames.Length)
        {
            Arrive(AnyNode(), pages.Count > 0 && random.Next(2) == 0 ? pages[random.Next(pages.Count)] : null);
        }
    }

    private Reader Arrive(Node node, EntryPage? start)
    {
        var page = new Page(archive.PageLength, start?.Entries ?? [], start is null || start.Next is null);
        var name = ReaderNames[readers.Count];
        Reader reader = random.Next(3) == 0
            ? new EventReader(name, page, start?.Position)
            : NewHubReader(name, page, start?.Position);
        readers.Add(reader);
        checker.Came(reader, start?.Position);
        tell?.Invoke($"{name} comes to {node.Name} ({reader.Kind}){(start is null ? "" : $" with the page of {start.Position}")}.");
        reader.Connect(node);
        return reader;
    }

    private HubReader NewHubReader(string name, Page page, Position? position)
    {
        var (kind, begin) = HubPaths[random.Next(HubPaths.Length)];
        return new HubReader(name, kind, page, position, clock, random, begin);
    }

    private void Read()
    {
        if (AnyReader() is { Sleeps: false, Line.HasMore: true } reader)
        {
            Read(reader);
        }
    }

    private void Read(Reader reader)
    {
        var message = reader.Read();
        tell?.Invoke($"{reader.Name} reads {Words(message)}, and stands at {reader.Position?.ToString() ?? "nothing"}.");
        checker.Reader(reader);
    }

    private void Connect()
    {
        if (AnyReader() is { } reader && reader.Line is null or { IsCut: true })
        {
            Connect(reader, AnyNode());
        }
    }

    private void Connect(Reader reader, Node node)
    {
        reader.Lose();
        tell?.Invoke($"{reader.Name} comes back, to {node.Name}, from {reader.Position?.ToString() ?? "nothing"}.");
        reader.Connect(node);
    }

    private void BreakLine()
    {
        if (AnyReader() is { Line: not null } reader)
        {
            tell?.Invoke($"{reader.Name} loses the line.");
            reader.Lose();
        }
    }

    private void LoseMessage()
    {
        if (AnyReader() is { Line: { } line } reader && line.Lose(random) is { } lost)
        {
            tell?.Invoke($"{reader.Name}'s line loses {Words(lost)}.");
        }
    }

    private void Move()
    {
        if (AnyReader() is { } reader)
        {
            Connect(reader, AnyNode());
        }
    }

    private void SleepOrWake()
    {
        if (AnyReader() is { } reader)
        {
            reader.Sleeps = !reader.Sleeps;
            tell?.Invoke(reader.Sleeps ? $"{reader.Name}'s tab falls asleep." : $"{reader.Name}'s tab wakes up.");
        }
    }

    private static string Words(Message message) => message switch
    {
        Answered answered => $"the answer {Words(answered.Answer)}",
        Updated updated => $"{Checker.Name(updated.Entry)} (previous {updated.Previous})",
        Told told => $"the position {told.Position}",
        UpdatedEvent updated => $"{Checker.Name(updated.Entry)} (id {updated.Id})",
        ResetEvent reset => $"a reset {Words(reset.Newest)}",
        _ => "a refusal",
    };

    private static string Words(Followed answer) =>
        $"{(answer.Reset ? "afresh" : "what was missed")} up to {answer.Position}: [{Checker.Names(answer.Entries)}]";
}
