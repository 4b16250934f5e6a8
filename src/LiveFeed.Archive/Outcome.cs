using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>What came of a submission: a change that stands in the archive, or a refusal that stored nothing.</summary>
/// <param name="Change">The change to announce; null when refused.</param>
/// <param name="Yes">The answer to the writer; null when refused.</param>
/// <param name="No">The refusal; null when accepted.</param>
public sealed record Outcome(EntryChanged? Change, EntryAccepted? Yes, EntryRejected? No)
{
    internal static Outcome Accepted(SubmitEntry submission, string epoch, Entry entry, bool repeated) =>
        new(new EntryChanged(epoch, entry), new EntryAccepted(submission.SubmissionId, entry, repeated), null);

    internal static Outcome Refused(SubmitEntry submission, RejectionReason reason, string detail, Entry? newest = null) =>
        new(null, null, new EntryRejected(submission.SubmissionId, reason, detail, newest));

    /// <summary>The refusal of a submission that breaks a rule of <see cref="EntryRules"/>.</summary>
    public static Outcome Refused(SubmitEntry submission, BrokenRule broken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(broken);
        return new(null, null, new EntryRejected(submission.SubmissionId, RejectionReason.Invalid, broken.Rule) { Field = broken.Field });
    }
}
