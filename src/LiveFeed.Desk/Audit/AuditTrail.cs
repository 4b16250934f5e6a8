using System.Data.Common;
using System.Threading.Channels;
using LiveFeed.Archive.Databases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Desk;

/// <summary>
/// Brings notes into the audit log, many at once, behind the requests that they tell of: a publish doesn't wait for a second write to
/// the disk. What is waiting is written before the node ends; a node that is killed loses the notes of its last moment, and the log
/// of each feed still has who wrote what.
/// </summary>
internal sealed class AuditTrail(AuditLog log, TimeProvider clock, ILogger<AuditTrail> logger) : BackgroundService
{
    /// <summary>Notes of refusals that a node keeps in a minute; those beyond are counted.</summary>
    private const int RefusalsKept = 60;

    private const int MostAtOnce = 200;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly Channel<AuditNote> waiting = Channel.CreateBounded<AuditNote>(10_000);
    private readonly Lock counting = new();
    private DateTimeOffset minute;
    private int refusals;
    private int strangers;
    private int uncounted;
    private int lost;

    /// <summary>Notes what was done.</summary>
    public void Note(AuditNote note)
    {
        // The archive has been away for long. That notes are missing is told when it is back.
        if (!waiting.Writer.TryWrite(note))
        {
            Interlocked.Increment(ref lost);
        }
    }

    /// <summary>Notes what was refused: only so much of it in a minute, so that nobody can fill the archive by being refused.</summary>
    public void NoteRefusal(AuditNote note)
    {
        lock (counting)
        {
            if (note.Writer is null)
            {
                strangers++;
                return;
            }

            if (note.At - minute >= Minute)
            {
                (minute, refusals) = (note.At, 0);
            }

            if (++refusals > RefusalsKept)
            {
                uncounted++;
                return;
            }
        }

        Note(note);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Minute, clock);
        var tick = ticks.WaitForNextTickAsync(CancellationToken.None).AsTask();
        var more = Task.FromResult(true);
        while (!stoppingToken.IsCancellationRequested)
        {
            // One wait at a time: those that a tick came before would pile up while nobody writes.
            more = more.IsCompleted ? waiting.Reader.WaitToReadAsync(stoppingToken).AsTask() : more;
            await Task.WhenAny(more, tick);
            if (tick.IsCompleted)
            {
                NoteCounts();
                tick = ticks.WaitForNextTickAsync(CancellationToken.None).AsTask();
            }

            await EmptyAsync(stoppingToken);
        }

        NoteCounts();
        using var last = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
        await EmptyAsync(last.Token);
    }

    private void NoteCounts()
    {
        Dictionary<string, object?> counts;
        lock (counting)
        {
            counts = new() { ["strangers"] = strangers, ["others"] = uncounted, ["lost"] = Interlocked.Exchange(ref lost, 0) };
            (strangers, uncounted) = (0, 0);
        }

        if (counts.Values.Any(count => count is > 0))
        {
            Note(new AuditNote(clock.GetUtcNow(), null, null, "countRefusals", "/api", counts));
        }
    }

    private async Task EmptyAsync(CancellationToken stopping)
    {
        var batch = new List<AuditNote>();
        while (batch.Count > 0 || waiting.Reader.TryPeek(out _))
        {
            while (batch.Count < MostAtOnce && waiting.Reader.TryRead(out var note))
            {
                batch.Add(note);
            }

            try
            {
                // Begun, it is finished: what is broken off may stand or not.
                await log.AppendAsync(batch, CancellationToken.None);
                batch.Clear();
            }
            catch (Exception failure)
            {
                logger.Log(
                    failure is DbException || ArchiveDatabase.IsPassing(failure) ? LogLevel.Warning : LogLevel.Error,
                    "{Count} notes couldn't be brought into the audit log ({Reason}); they are kept and brought later", batch.Count, failure.Message);
                await Task.Delay(AskAgain, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stopping.IsCancellationRequested)
                {
                    return;
                }
            }
        }
    }
}
