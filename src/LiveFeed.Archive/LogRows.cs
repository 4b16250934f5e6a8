using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>The rows that submissions touch: read in one round trip, written in one.</summary>
internal sealed class LogRows
{
    private const string RevisionColumns =
        "feed, seq, entry_id, revision, submission_id, fingerprint, action, written_by, written_at, state, body, body_format";

    private const string EntryColumns = "feed, id, seq, pinned, key_event, published_at, tags, state, body, body_format";

    // Few sizes, so that the database meets few statements and has each of them prepared.
    private static readonly int[] Chunks = [16, 8, 4, 2, 1];

    /// <summary>The feeds by slug, locked until the transaction ends.</summary>
    public required Dictionary<string, FeedRow> Feeds { get; init; }

    /// <summary>The entries that are named, at their newest revision.</summary>
    public required Dictionary<(string Feed, string Id), EntryRow> Entries { get; init; }

    /// <summary>What earlier submissions of the same ids led to.</summary>
    public required Dictionary<string, RevisionRow> BySubmission { get; init; }

    /// <summary>The first revisions of the entries that are to be published and are there already.</summary>
    public required Dictionary<(string Feed, string Id), RevisionRow> First { get; init; }

    public static async Task<LogRows> ReadAsync(
        ArchiveDatabase database, ArchiveWrite transaction, IReadOnlyList<SubmitEntry> submissions, CancellationToken cancellation)
    {
        // The lock comes first, feeds in one order for everyone: what is read after it is the newest there is, and no two
        // transactions wait for each other.
        await using var rows = await transaction.Connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            SELECT {FeedRow.Columns}, epoch AS Epoch, last_seq AS LastSeq FROM feeds WHERE {database.OneOf("slug", "@feeds")} ORDER BY slug {database.RowLock};
            SELECT {RevisionRow.Columns} FROM revisions WHERE {database.OneOf("submission_id", "@submissions")};
            SELECT {RevisionRow.Columns} FROM revisions
            WHERE {database.OneOf("feed", "@feeds")} AND {database.OneOf("entry_id", "@published")} AND revision = 1;
            SELECT {EntryRow.AllColumns} FROM entries WHERE {database.OneOf("feed", "@feeds")} AND {database.OneOf("id", "@entries")};
            """,
            new
            {
                feeds = submissions.Select(submission => submission.Feed).Distinct().ToArray(),
                submissions = submissions.Select(submission => submission.SubmissionId.ToString()).ToArray(),
                published = submissions.Where(submission => submission.Action is EntryAction.Publish)
                    .Select(submission => submission.EntryId.ToString()).ToArray(),
                entries = submissions.Select(submission => submission.EntryId.ToString()).Distinct().ToArray(),
            },
            transaction.Transaction, cancellationToken: cancellation));
        var read = new LogRows
        {
            Feeds = (await rows.ReadAsync<FeedRow>()).ToDictionary(feed => feed.Slug),
            BySubmission = (await rows.ReadAsync<RevisionRow>()).ToDictionary(revision => revision.SubmissionId),
            First = (await rows.ReadAsync<RevisionRow>()).ToDictionary(revision => (revision.Feed, revision.EntryId)),
            Entries = (await rows.ReadAsync<EntryRow>()).ToDictionary(entry => (entry.Feed, entry.EntryId)),
        };
        await read.AddRepeatedAsync(transaction, cancellation);
        return read;
    }

    public static async Task WriteAsync(ArchiveWrite transaction, Append append, CancellationToken cancellation)
    {
        await using var command = transaction.Connection.CreateCommand();
        command.Transaction = transaction.Transaction;
        var sql = new StringBuilder();
        foreach (var chunk in Chunked(append.Revisions))
        {
            sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO revisions ({RevisionColumns}) VALUES ");
            AddRows(sql, command, chunk, revision =>
            [
                revision.Feed, revision.Seq, revision.EntryId, revision.Revision, revision.SubmissionId, revision.Fingerprint, revision.Action,
                revision.WrittenBy, revision.WrittenAt, revision.State, revision.Body, revision.BodyFormat,
            ]);
            sql.Append(";\n");
        }

        foreach (var chunk in Chunked([.. append.Entries]))
        {
            sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO entries ({EntryColumns}) VALUES ");
            AddRows(sql, command, chunk, entry =>
            [
                entry.Feed, entry.EntryId, entry.Seq, entry.Pinned, entry.KeyEvent, entry.PublishedAt, entry.Tags, entry.State, entry.Body, entry.BodyFormat,
            ]);
            sql.Append(
                """
                 ON CONFLICT (feed, id) DO UPDATE SET seq = excluded.seq, pinned = excluded.pinned, key_event = excluded.key_event,
                    tags = excluded.tags, state = excluded.state, body = excluded.body, body_format = excluded.body_format;

                """);
        }

        foreach (var (feed, seq) in append.Reached)
        {
            sql.Append("UPDATE feeds SET last_seq = ").Append(Add(command, seq)).Append(" WHERE slug = ").Append(Add(command, feed)).Append(";\n");
        }

        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // A repeat may name another entry than the first time: the server makes a new id at every try.
    private async Task AddRepeatedAsync(ArchiveWrite transaction, CancellationToken cancellation)
    {
        foreach (var earlier in BySubmission.Values.Where(earlier => !Entries.ContainsKey((earlier.Feed, earlier.EntryId))))
        {
            Entries[(earlier.Feed, earlier.EntryId)] = await transaction.Connection.QuerySingleAsync<EntryRow>(new CommandDefinition(
                $"SELECT {EntryRow.AllColumns} FROM entries WHERE feed = @Feed AND id = @EntryId",
                new { earlier.Feed, earlier.EntryId }, transaction.Transaction, cancellationToken: cancellation));
        }
    }

    private static IEnumerable<IReadOnlyList<T>> Chunked<T>(List<T> rows)
    {
        for (var at = 0; at < rows.Count;)
        {
            var size = Chunks.First(size => size <= rows.Count - at);
            yield return rows.GetRange(at, size);
            at += size;
        }
    }

    private static void AddRows<T>(StringBuilder sql, DbCommand command, IReadOnlyList<T> rows, Func<T, object?[]> columns) =>
        sql.AppendJoin(", ", rows.Select(row => $"({string.Join(", ", columns(row).Select(value => Add(command, value)))})"));

    /// <summary>Adds a value and returns the name that stands for it.</summary>
    private static string Add(DbCommand command, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{command.Parameters.Count}");
        parameter.Value = value ?? DBNull.Value;
        if (value is null)
        {
            parameter.DbType = DbType.String;
        }

        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }
}
