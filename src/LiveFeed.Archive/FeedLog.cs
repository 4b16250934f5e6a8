using System.Data.Common;
using System.Text.Json;
using Dapper;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>
/// The log of every feed: the record of what was said, and the one place that gives a change its seq. All other copies (Redis,
/// the ticker's ring, a reader's page) can be made again from it.
/// </summary>
public sealed class FeedLog(ArchiveDatabase database, TimeProvider clock)
{
    /// <summary>
    /// Carries a submission out, once: takes the feed's next seq and appends the revision in one transaction.
    /// </summary>
    /// <param name="submission">A submission that keeps <see cref="EntryRules"/>.</param>
    /// <param name="write">Makes the entry's next state from the feed and the entry's newest state (null when there is none);
    /// seq and revision are set here. It runs inside the transaction.</param>
    /// <param name="cancellation">Cancels it before it is committed.</param>
    /// <returns>What came of it: the change, the first answer again, or a refusal that stored nothing.</returns>
    /// <exception cref="DbException">The database failed; whether it was stored is unknown, and trying again is safe.</exception>
    public async Task<Outcome> AppendAsync(SubmitEntry submission, Func<Feed, Entry?, Entry> write, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            return await AppendOnceAsync(submission, write, cancellation);
        }
        catch (DbException failure) when (failure.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
        {
            // The same submission went to another feed at the same moment. Feeds have a lock each, so neither saw the other
            // and the index on submissions decided; now that the other is there, it is seen.
            return await AppendOnceAsync(submission, write, cancellation);
        }
    }

    /// <summary>
    /// What a submission led to, if it was carried out: for a writer who never heard the answer. The tombstone when the entry
    /// has been retracted since.
    /// </summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<Entry?> FindSubmissionAsync(Guid submissionId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var rows = await connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            SELECT {RevisionRow.Columns} FROM revisions WHERE submission_id = @id;
            SELECT {EntryRow.Columns} FROM entries WHERE (feed, id) IN (SELECT feed, entry_id FROM revisions WHERE submission_id = @id);
            """,
            new { id = submissionId.ToString() }, cancellationToken: cancellation));
        var then = await rows.ReadSingleOrDefaultAsync<RevisionRow>();
        var newest = await rows.ReadSingleOrDefaultAsync<EntryRow>();
        return then is null || newest is null ? null : UnlessWithdrawn(then, newest);
    }

    private async Task<Outcome> AppendOnceAsync(SubmitEntry submission, Func<Feed, Entry?, Entry> write, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWriteAsync(cancellation);

        // The update comes first: it takes the lock on the feed, so that what is read after it is the newest there is.
        await using var rows = await transaction.Connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            UPDATE feeds SET last_seq = last_seq + 1 WHERE slug = @feed
            RETURNING {FeedRow.Columns}, epoch AS Epoch, last_seq AS LastSeq;
            SELECT {RevisionRow.Columns} FROM revisions WHERE submission_id = @submission;
            SELECT {EntryRow.Columns} FROM entries WHERE feed = @feed AND id = @entry;
            """,
            new { feed = submission.Feed, submission = submission.SubmissionId.ToString(), entry = submission.EntryId.ToString() },
            transaction.Transaction, cancellationToken: cancellation));
        var feed = await rows.ReadSingleOrDefaultAsync<FeedRow>();
        var earlier = await rows.ReadSingleOrDefaultAsync<RevisionRow>();
        var current = await rows.ReadSingleOrDefaultAsync<EntryRow>();

        var fingerprint = Fingerprint.Of(submission);
        if (feed is null)
        {
            return Outcome.Refused(submission, RejectionReason.UnknownFeed, $"There is no feed named '{submission.Feed}'.");
        }

        if (earlier is null && submission.Action is EntryAction.Publish && current is not null)
        {
            earlier = await FirstRevisionAsync(transaction, submission, cancellation);
        }

        if (earlier is not null)
        {
            return await RepeatAsync(transaction, submission, earlier, feed, fingerprint, cancellation);
        }

        var newest = current?.ToEntry(withBody: true);
        if (Refusal(submission, feed.ToFeed(), newest) is { } refused)
        {
            return refused;
        }

        var next = write(feed.ToFeed(), newest) with { Seq = feed.LastSeq, Revision = (newest?.Revision ?? 0) + 1 };
        await InsertAsync(transaction, submission, next, fingerprint, cancellation);
        await transaction.CommitAsync(cancellation);
        return Outcome.Accepted(submission, feed.Epoch, WithoutBody(next), repeated: false);
    }

    private static Outcome? Refusal(SubmitEntry submission, Feed feed, Entry? newest) => (submission.Action, newest) switch
    {
        _ when feed.Status is FeedStatus.Closed =>
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

    private static async Task<RevisionRow?> FirstRevisionAsync(ArchiveWrite transaction, SubmitEntry submission, CancellationToken cancellation)
    {
        var first = await transaction.Connection.QuerySingleAsync<RevisionRow>(new CommandDefinition(
            $"SELECT {RevisionRow.Columns} FROM revisions WHERE feed = @feed AND entry_id = @entry AND revision = 1",
            new { feed = submission.Feed, entry = submission.EntryId.ToString() }, transaction.Transaction, cancellationToken: cancellation));

        // Publishing the same text under the same id again is a repeat, whatever name the submission went by.
        return first.Fingerprint == Fingerprint.Of(submission) ? first : null;
    }

    private static async Task<Outcome> RepeatAsync(
        ArchiveWrite transaction, SubmitEntry submission, RevisionRow earlier, FeedRow feed, string fingerprint, CancellationToken cancellation)
    {
        if (earlier.Fingerprint != fingerprint || earlier.Feed != submission.Feed)
        {
            return Outcome.Refused(submission, RejectionReason.Reused,
                "This submission's id was used before for something else. A new submission needs a new id.");
        }

        var newest = await transaction.Connection.QuerySingleAsync<EntryRow>(new CommandDefinition(
            $"SELECT {EntryRow.Columns} FROM entries WHERE feed = @feed AND id = @entry",
            new { feed = submission.Feed, entry = earlier.EntryId }, transaction.Transaction, cancellationToken: cancellation));
        return Outcome.Accepted(submission, feed.Epoch, UnlessWithdrawn(earlier, newest), repeated: true);
    }

    // An earlier answer, unless its text has been withdrawn since: then only the tombstone may be shown.
    private static Entry UnlessWithdrawn(RevisionRow earlier, EntryRow newest) =>
        newest.ToEntry(withBody: false) is { Status: EntryStatus.Retracted } tombstone ? tombstone : earlier.ToEntry(withBody: false);

    private async Task InsertAsync(
        ArchiveWrite transaction, SubmitEntry submission, Entry next, string fingerprint, CancellationToken cancellation) =>
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO revisions
                (feed, seq, entry_id, revision, submission_id, fingerprint, action, written_by, written_at, state, body, body_format)
            VALUES (@feed, @seq, @id, @revision, @submission, @fingerprint, @action, @by, @at, @state, @body, @format);
            INSERT INTO entries (feed, id, seq, pinned, key_event, published_at, tags, state, body, body_format)
            VALUES (@feed, @id, @seq, @pinned, @keyEvent, @publishedAt, @tags, @state, @body, @format)
            ON CONFLICT (feed, id) DO UPDATE SET seq = excluded.seq, pinned = excluded.pinned, key_event = excluded.key_event,
                tags = excluded.tags, state = excluded.state, body = excluded.body, body_format = excluded.body_format;
            """,
            new
            {
                feed = next.Feed,
                seq = next.Seq,
                id = next.Id.ToString(),
                revision = next.Revision,
                submission = submission.SubmissionId.ToString(),
                fingerprint,
                action = submission.Action.ToString(),
                by = submission.By,
                at = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                state = JsonSerializer.Serialize(WithoutBody(next), Wire.Json),
                body = next.Body,
                format = next.BodyFormat?.ToString(),
                pinned = next.Pinned ? 1 : 0,
                keyEvent = next.KeyEvent ? 1 : 0,
                publishedAt = next.PublishedAt.ToUnixTimeMilliseconds(),
                tags = EntryRow.JoinTags(next.Tags),
            },
            transaction.Transaction, cancellationToken: cancellation));

    private static Entry WithoutBody(Entry entry) => entry with { Body = null, BodyFormat = null };
}
