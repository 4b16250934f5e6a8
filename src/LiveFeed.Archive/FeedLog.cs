using System.Data.Common;
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
    /// Carries submissions out, each once, in the order given and in one transaction: each change takes its feed's next seq and
    /// appends a revision. A disk that is waited for once for many submissions carries many more of them.
    /// </summary>
    /// <param name="submissions">Submissions that keep <see cref="EntryRules"/>.</param>
    /// <param name="write">Makes an entry's next state from the feed and the entry's newest state (null when there is none);
    /// seq and revision are set here. It runs inside the transaction; a <see cref="BrokenRuleException"/> refuses that submission.</param>
    /// <param name="cancellation">Cancels it before it is committed.</param>
    /// <returns>What came of each, in the same order: the change, the first answer again, or a refusal that stored nothing.</returns>
    /// <exception cref="DbException">The database failed; whether they were stored is unknown, and trying again is safe.</exception>
    public async Task<IReadOnlyList<Outcome>> AppendAsync(
        IReadOnlyList<SubmitEntry> submissions, Func<SubmitEntry, Feed, Entry?, Entry> write, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            return await AppendOnceAsync(submissions, write, cancellation);
        }
        catch (DbException failure) when (failure.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
        {
            // The same submission went to another feed at the same moment. Feeds have a lock each, so neither saw the other
            // and the index on submissions decided; now that the other is there, it is seen.
            return await AppendOnceAsync(submissions, write, cancellation);
        }
    }

    /// <summary>Carries one submission out, as the other overload does.</summary>
    /// <inheritdoc cref="AppendAsync(IReadOnlyList{SubmitEntry}, Func{SubmitEntry, Feed, Entry?, Entry}, CancellationToken)"/>
    public async Task<Outcome> AppendAsync(SubmitEntry submission, Func<SubmitEntry, Feed, Entry?, Entry> write, CancellationToken cancellation) =>
        (await AppendAsync([submission], write, cancellation))[0];

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
        return then is null || newest is null ? null : then.UnlessWithdrawn(newest);
    }

    private async Task<IReadOnlyList<Outcome>> AppendOnceAsync(
        IReadOnlyList<SubmitEntry> submissions, Func<SubmitEntry, Feed, Entry?, Entry> write, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginWriteAsync(cancellation);
        var known = await LogRows.ReadAsync(database, transaction, submissions, cancellation);
        var append = new Append(known, write, clock.GetUtcNow());
        var outcomes = submissions.Select(append.Take).ToList();
        if (append.Revisions.Count > 0)
        {
            await LogRows.WriteAsync(transaction, append, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return outcomes;
    }
}
