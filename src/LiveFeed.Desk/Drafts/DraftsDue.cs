using System.Data.Common;
using LiveFeed.Archive.Databases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Desk;

/// <summary>
/// Sees to drafts whose time has come: those that are scheduled, and those whose way to the air has no known end because a node
/// died or the broker was away. Every desk node does this; the database says which of them has a draft.
/// </summary>
internal sealed class DraftsDue(DraftBook book, DraftPublication publication, AuditTrail trail, TimeProvider clock, ILogger<DraftsDue> logger)
    : BackgroundService
{
    private const int MostAtOnce = 100;

    // How soon a node learns of a draft that another node has taken in; within this time it waits for the very moment.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly List<Task> tries = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var away = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = LookEvery;
            try
            {
                wait = await LookAsync(stoppingToken);
                away = false;
            }
            catch (Exception failure) when (IsArchiveAway(failure))
            {
                if (!away)
                {
                    logger.LogWarning("The archive can't be asked for drafts that are due ({Reason}); it is asked again every second", failure.Message);
                }

                away = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(tries);
    }

    /// <summary>Begins what is due, and returns how long there is nothing to do.</summary>
    private async Task<TimeSpan> LookAsync(CancellationToken stopping)
    {
        tries.RemoveAll(one => one.IsCompleted);
        var drafts = await book.DueAsync(clock.GetUtcNow() + LookEvery, MostAtOnce, stopping);
        foreach (var draft in drafts)
        {
            var left = TimeSpan.FromMilliseconds(draft.DueAt!.Value) - TimeSpan.FromMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
            if (left > TimeSpan.Zero)
            {
                return left;
            }

            // One that takes long doesn't hold up the others, so it isn't waited for.
            if (await publication.ClaimAsync(draft, draft.ApprovedBy, stopping) is { } claimed)
            {
                tries.Add(TryAsync(claimed, stopping));
            }
        }

        return drafts.Count == MostAtOnce ? TimeSpan.Zero : LookEvery;
    }

    private async Task TryAsync(DraftRow draft, CancellationToken stopping)
    {
        try
        {
            switch ((await publication.CarryOutAsync(draft, stopping)).Result)
            {
                case SubmissionResult.Accepted:
                    Note("airDraft", draft, new() { ["approvedBy"] = draft.ApprovedBy });
                    break;
                case SubmissionResult.Rejected(var no):
                    Note("failDraft", draft, new() { ["approvedBy"] = draft.ApprovedBy, ["problem"] = no.Detail });
                    logger.LogWarning("Draft {Draft} of feed {Feed} was refused: {Reason}", draft.Id, draft.Feed, no.Detail);
                    break;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Another node takes over, or this one when it is back.
        }
        catch (Exception failure) when (IsArchiveAway(failure))
        {
            logger.LogWarning("What came of draft {Draft} of feed {Feed} couldn't be noted ({Reason}); it is tried again", draft.Id, draft.Feed, failure.Message);
        }
    }

    // No request is behind it, so nothing else notes it.
    private void Note(string action, DraftRow draft, Dictionary<string, object?> details) =>
        trail.Note(new AuditNote(clock.GetUtcNow(), null, null, action, $"/api/feeds/{draft.Feed}/drafts/{draft.Id}", details));

    private static bool IsArchiveAway(Exception failure) => failure is DbException || ArchiveDatabase.IsPassing(failure);
}
