using System.Data.Common;

namespace LiveFeed.Desk;

/// <summary>
/// Puts a draft on the air. The draft is marked as on its way first, so that it is seen to until its outcome is known, whatever
/// becomes of this node; every try is the same submission, so that it stands once.
/// </summary>
internal sealed class DraftPublication(DraftBook book, Submissions submissions, TimeProvider clock)
{
    /// <summary>How long one try has; after that another node, or this one, tries again.</summary>
    public static readonly TimeSpan Lease = Submissions.BrokerPatience + Submissions.AnswerPatience + TimeSpan.FromSeconds(1);

    /// <summary>Takes the draft to carry it out. Null when somebody else has taken or changed it.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<DraftRow?> ClaimAsync(DraftRow seen, string? approvedBy, CancellationToken cancellation)
    {
        var claimed = seen with
        {
            State = DraftState.Publishing,
            ApprovedBy = approvedBy,
            Problem = null,
            DueAt = (clock.GetUtcNow() + Lease).ToUnixTimeMilliseconds(),
        };
        return await book.ReplaceAsync(seen, claimed, cancellation) ? claimed : null;
    }

    /// <summary>Tries once, and notes what came of it.</summary>
    /// <returns>What came of it, and the draft as that left it.</returns>
    /// <exception cref="DbException">The database can't be reached. What came of it isn't noted, and it is tried again.</exception>
    public async Task<(SubmissionResult Result, DraftRow Left)> CarryOutAsync(DraftRow draft, CancellationToken cancellation)
    {
        var result = await submissions.SubmitAsync(draft.ToSubmission(clock.GetUtcNow()), cancellation);
        var row = draft;
        // Another try that overlaps this one may have noted something already; then there is nothing left to note.
        while (row is { State: DraftState.Publishing } && row.Version == draft.Version && After(row, result) is { } next)
        {
            if (await book.ReplaceAsync(row, next, cancellation))
            {
                return (result, next);
            }

            row = await book.FindAsync(draft.Feed, Guid.Parse(draft.Id), cancellation) ?? draft;
        }

        return (result, row);
    }

    // Not known, or not yet: it stays on its way. Refused: an editor has to look at it again.
    private DraftRow? After(DraftRow row, SubmissionResult result) => result switch
    {
        SubmissionResult.Accepted => row with { State = DraftState.Published, DueAt = null },
        SubmissionResult.Rejected(var no) => row.Next(DraftState.Submitted, row.ChangedBy, clock.GetUtcNow()) with
        {
            Problem = no.Detail,
            ApprovedBy = null,
            ScheduledFor = null,
            DueAt = null,
        },
        _ => null,
    };
}
