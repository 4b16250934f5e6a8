using System.Data.Common;
using LiveFeed.Archive;
using LiveFeed.Contracts;

namespace LiveFeed.Simulation.Newsroom;

/// <summary>
/// The archive in memory. Every question takes two steps, the asking and the answer's way back, so anything may happen before,
/// between and after. Its pages are short, so that a few dozen changes reach every border.
/// </summary>
internal sealed class SimulatedArchive(int kept, int catchUpLimit, int pageLength) : IFeedReader, IFeedList
{
    private static readonly Feed News = new()
    {
        Slug = Log.Feed,
        Title = "News",
        Language = "en",
        Direction = TextDirection.Ltr,
        TimeZone = "UTC",
        Status = FeedStatus.Open,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private readonly List<Log> logs = [new(1)];

    /// <summary>True while nobody can reach it.</summary>
    public bool IsAway { get; set; }

    /// <summary>How many entries a page has at most.</summary>
    public int PageLength { get; } = pageLength;

    /// <summary>The log that stands.</summary>
    public Log Log => logs[^1];

    /// <summary>The log of that name, also one that a backup has replaced; null when there never was one.</summary>
    public Log? Find(string epoch)
    {
        foreach (var log in logs)
        {
            if (log.Epoch == epoch)
            {
                return log;
            }
        }

        return null;
    }

    /// <summary>A backup takes the log's place.</summary>
    public void Restore(long seq) => logs.Add(Log.Restored(seq));

    /// <summary>Carries a submission out, once; the first answer again when it was before, or the tombstone if it was withdrawn since.</summary>
    public Task<EntryChanged?> AppendAsync(Submission submission) => AskAsync(() =>
    {
        if (Log.SeqOf(submission.Number) is { } seq)
        {
            var then = Log.At(seq);
            var newest = Log.Find(then.Id)!;
            return new EntryChanged(Log.Epoch, newest.Status is EntryStatus.Retracted ? newest : then);
        }

        return submission.Write(Log) is { } next ? new EntryChanged(Log.Epoch, Log.Append(submission.Number, next)) : null;
    }, default);

    public Task<EntryPage?> PageAsync(string feed, PageQuery query, CancellationToken cancellation) => AskAsync<EntryPage?>(
        () => new EntryPage(feed, Log.Position, Log.Newest(PageLength, Log.Top), Log.Ids.Count() > PageLength ? "more" : null), cancellation);

    public Task<EntryPage?> SinceAsync(string feed, long seq, int limit, bool withBody, CancellationToken cancellation) => AskAsync<EntryPage?>(() =>
    {
        var missed = Log.Between(seq, Log.Top);
        if (missed.Count <= catchUpLimit)
        {
            return new EntryPage(feed, Log.Position, missed);
        }

        var reached = new Position(Log.Epoch, missed[catchUpLimit - 1].Seq);
        return new EntryPage(feed, reached, missed[..catchUpLimit], reached.ToString());
    }, cancellation);

    public Task<Stretch?> RecentAsync(string feed, int count, CancellationToken cancellation) =>
        AskAsync<Stretch?>(() => Log.Recent(Math.Min(count, kept)), cancellation);

    public Task<IReadOnlyDictionary<string, Position>> PositionsAsync(CancellationToken cancellation) =>
        AskAsync<IReadOnlyDictionary<string, Position>>(() => new Dictionary<string, Position> { [Log.Feed] = Log.Position }, cancellation);

    public Task<Feed?> FindAsync(string slug, CancellationToken cancellation) => AskAsync<Feed?>(() => News, cancellation);

    public Task<IReadOnlyList<Feed>> ListAsync(CancellationToken cancellation) => AskAsync<IReadOnlyList<Feed>>(() => [News], cancellation);

    private async Task<T> AskAsync<T>(Func<T> answer, CancellationToken cancellation)
    {
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        if (IsAway)
        {
            throw new ArchiveIsAway();
        }

        var answered = answer();
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        return answered;
    }
}

/// <summary>The archive can't be reached for the moment.</summary>
internal sealed class ArchiveIsAway() : DbException("The archive is away.")
{
    public override bool IsTransient => true;
}
