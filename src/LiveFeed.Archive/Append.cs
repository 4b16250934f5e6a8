using System.Text.Json;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>
/// Decides what comes of submissions, one after the other, from what the archive held when their transaction began and from
/// what those before them did. It only decides; <see cref="LogRows"/> reads and writes.
/// </summary>
internal sealed class Append(LogRows known, Func<SubmitEntry, Feed, Entry?, Entry> write, DateTimeOffset now)
{
    private readonly Dictionary<(string Feed, string Id), EntryRow> changed = [];

    /// <summary>What is to be appended, in order.</summary>
    public List<RevisionRow> Revisions { get; } = [];

    /// <summary>The changed entries, each at its newest state.</summary>
    public IReadOnlyCollection<EntryRow> Entries => changed.Values;

    /// <summary>The seq that each changed feed has reached.</summary>
    public Dictionary<string, long> Reached { get; } = [];

    /// <summary>What comes of the next submission.</summary>
    public Outcome Take(SubmitEntry submission)
    {
        if (!known.Feeds.TryGetValue(submission.Feed, out var feed))
        {
            return Outcome.Refused(submission, RejectionReason.UnknownFeed, $"There is no feed named '{submission.Feed}'.");
        }

        var fingerprint = Fingerprint.Of(submission);
        var id = submission.EntryId.ToString();
        if (Earlier(submission, id, fingerprint) is { } earlier)
        {
            return Repeat(submission, earlier, feed, fingerprint);
        }

        var newest = known.Entries.GetValueOrDefault((submission.Feed, id))?.ToEntry(withBody: true);
        if (Refusal(submission, feed.ToFeed(), newest) is { } refused)
        {
            return refused;
        }

        try
        {
            var seq = Reached.GetValueOrDefault(feed.Slug, feed.LastSeq) + 1;
            var next = write(submission, feed.ToFeed(), newest) with { Seq = seq, Revision = (newest?.Revision ?? 0) + 1 };
            Keep(submission, next, fingerprint);
            return Outcome.Accepted(submission, feed.Epoch, WithoutBody(next), repeated: false);
        }
        catch (BrokenRuleException broken)
        {
            return Outcome.Refused(submission, broken.Broken);
        }
    }

    // Publishing the same text under the same id again is a repeat, whatever name the submission went by.
    private RevisionRow? Earlier(SubmitEntry submission, string id, string fingerprint) =>
        known.BySubmission.GetValueOrDefault(submission.SubmissionId.ToString())
        ?? (submission.Action is EntryAction.Publish && known.First.GetValueOrDefault((submission.Feed, id)) is { } first
            && first.Fingerprint == fingerprint ? first : null);

    private Outcome Repeat(SubmitEntry submission, RevisionRow earlier, FeedRow feed, string fingerprint) =>
        earlier.Fingerprint == fingerprint && earlier.Feed == submission.Feed
            ? Outcome.Accepted(submission, feed.Epoch, earlier.UnlessWithdrawn(known.Entries[(earlier.Feed, earlier.EntryId)]), repeated: true)
            : Outcome.Refused(submission, RejectionReason.Reused,
                "This submission's id was used before for something else. A new submission needs a new id.");

    private static Outcome? Refusal(SubmitEntry submission, Feed feed, Entry? newest) => (submission.Action, newest) switch
    {
        _ when feed.Status is not FeedStatus.Open =>
            Outcome.Refused(submission, RejectionReason.FeedClosed, $"The feed '{feed.Slug}' is closed."),
        (EntryAction.Publish, null) => null,
        (EntryAction.Publish, _) => Outcome.Refused(submission, RejectionReason.EntryExists,
            "There is an entry with this id already, with other content. Change it with an edit, or publish under another id.", WithoutBody(newest)),
        (_, null) => Outcome.Refused(submission, RejectionReason.UnknownEntry, $"The feed '{feed.Slug}' has no entry {submission.EntryId}."),
        (_, { Status: EntryStatus.Retracted }) => Outcome.Refused(submission, RejectionReason.Retracted,
            "The entry has been retracted; it can't be changed any more.", WithoutBody(newest)),
        _ when submission.ExpectedRevision is { } seen && seen != newest.Revision => Outcome.Refused(submission, RejectionReason.Conflict,
            $"The entry has changed since: it is at revision {newest.Revision}, not {seen}. Look at the newest and try again.", newest),
        _ => null,
    };

    private void Keep(SubmitEntry submission, Entry next, string fingerprint)
    {
        var revision = new RevisionRow
        {
            Feed = next.Feed,
            EntryId = next.Id.ToString(),
            Seq = next.Seq,
            Revision = next.Revision,
            SubmissionId = submission.SubmissionId.ToString(),
            Fingerprint = fingerprint,
            Action = submission.Action.ToString(),
            WrittenBy = submission.By,
            WrittenAt = now.ToUnixTimeMilliseconds(),
            State = JsonSerializer.Serialize(WithoutBody(next), Wire.Json),
            Body = next.Body,
            BodyFormat = next.BodyFormat?.ToString(),
        };
        var entry = EntryRow.Of(next, revision.State);
        Revisions.Add(revision);
        Reached[next.Feed] = next.Seq;
        known.BySubmission[revision.SubmissionId] = revision;
        known.Entries[(entry.Feed, entry.EntryId)] = changed[(entry.Feed, entry.EntryId)] = entry;
        if (next.Revision == 1)
        {
            known.First[(entry.Feed, entry.EntryId)] = revision;
        }
    }

    private static Entry WithoutBody(Entry entry) => entry with { Body = null, BodyFormat = null };
}
