using System.Data.Common;
using System.Globalization;
using Dapper;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Desk;

/// <summary>The audit log in the archive: rows are appended, and never changed.</summary>
public sealed class AuditLog(ArchiveDatabase database, TimeProvider clock)
{
    private const int PageSize = 1_000;

    /// <summary>Rows, the newest first.</summary>
    /// <param name="before">Only rows below this seq; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<AuditRow>> ListAsync(long? before, int limit, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<AuditRecord>(new CommandDefinition(
            $"SELECT {AuditRecord.Columns} FROM audit_log WHERE seq < @before ORDER BY seq DESC LIMIT @limit",
            new { before = before ?? long.MaxValue, limit }, cancellationToken: cancellation));
        return [.. rows.Select(row => row.ToRow())];
    }

    /// <summary>What was noted of one object, the first row first.</summary>
    /// <param name="target">The object, an address of the API.</param>
    /// <param name="limit">How many rows at most.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<AuditRow>> OfAsync(string target, int limit, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<AuditRecord>(new CommandDefinition(
            $"SELECT {AuditRecord.Columns} FROM audit_log WHERE object = @target ORDER BY seq LIMIT @limit",
            new { target, limit }, cancellationToken: cancellation));
        return [.. rows.Select(row => row.ToRow())];
    }

    /// <summary>Every row, the first one first.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async IAsyncEnumerable<AuditRow> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in RecordsAsync(cancellation))
        {
            yield return row.ToRow();
        }
    }

    /// <summary>Goes along the whole chain.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<AuditCheck> CheckAsync(CancellationToken cancellation)
    {
        // The head first: what is appended meanwhile is no fault.
        var (end, hash) = await HeadAsync(cancellation);
        var (seq, previous) = (0L, AuditRecord.Beginning);
        if (hash is null)
        {
            return new(seq, previous, "the place where the chain ends was taken out (table audit_head)");
        }

        await foreach (var row in RecordsAsync(cancellation))
        {
            var fault = row.Seq != seq + 1 ? string.Create(CultureInfo.InvariantCulture, $"row {seq + 1} is missing: row {row.Seq} comes after row {seq}")
                : row.Previous != previous ? string.Create(CultureInfo.InvariantCulture, $"row {row.Seq} doesn't follow on the row before it")
                : row.Hash != row.ComputeHash() ? string.Create(CultureInfo.InvariantCulture, $"row {row.Seq} was changed: its hash is another")
                : row.Seq == end && row.Hash != hash ? string.Create(CultureInfo.InvariantCulture, $"row {row.Seq} isn't the one that the chain ended with")
                : null;
            if (fault is not null)
            {
                return new(seq, previous, fault);
            }

            (seq, previous) = (row.Seq, row.Hash);
        }

        return seq < end
            ? new(seq, previous, string.Create(CultureInfo.InvariantCulture, $"row {seq + 1} is missing, and all after it up to row {end}"))
            : new(seq, previous, null);
    }

    /// <summary>Notes what was done on the command line of the server, by whoever may read its archive.</summary>
    /// <param name="action">What was done, by the name that the description of the API has for it.</param>
    /// <param name="target">What it was done to, an address of the API.</param>
    /// <param name="name">Whom or what that is called.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public Task NoteCommandAsync(string action, string target, string name, CancellationToken cancellation) => AppendAsync(
        [new AuditNote(clock.GetUtcNow(), new Writer("command-line", Environment.UserName, DeskRole.Admin, []), null, action, target, new Dictionary<string, object?> { ["name"] = name })],
        cancellation);

    /// <summary>Appends rows, in order. Nodes that append at the same time take turns.</summary>
    /// <exception cref="DbException">The database failed; the rows may be appended again.</exception>
    internal async Task AppendAsync(IReadOnlyList<AuditNote> notes, CancellationToken cancellation)
    {
        await using var write = await database.BeginWriteAsync(cancellation);
        // Moving the head locks it until the transaction ends, on both databases.
        var (end, previous) = await write.Connection.QuerySingleAsync<(long, string)>(new CommandDefinition(
            "UPDATE audit_head SET seq = seq + @count WHERE id = 1 RETURNING seq, hash",
            new { count = notes.Count }, write.Transaction, cancellationToken: cancellation));
        var rows = new List<AuditRecord>();
        foreach (var note in notes)
        {
            var row = note.ToRecord(end - notes.Count + rows.Count + 1, previous);
            rows.Add(row);
            previous = row.Hash;
        }

        await write.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO audit_log (seq, at, by_id, by_name, address, action, object, details, previous, hash)
            VALUES (@Seq, @At, @ById, @ByName, @Address, @Action, @Object, @Details, @Previous, @Hash)
            """,
            rows, write.Transaction, cancellationToken: cancellation));
        await write.Connection.ExecuteAsync(new CommandDefinition(
            "UPDATE audit_head SET hash = @previous WHERE id = 1", new { previous }, write.Transaction, cancellationToken: cancellation));
        await write.CommitAsync(cancellation);
    }

    private async Task<(long Seq, string? Hash)> HeadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<(long, string?)>(new CommandDefinition("SELECT seq, hash FROM audit_head WHERE id = 1", cancellationToken: cancellation));
    }

    private async IAsyncEnumerable<AuditRecord> RecordsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        // Page by page: a connection that is held for the whole log would be one fewer for the newsroom.
        for (var reached = 0L; ;)
        {
            List<AuditRecord> page;
            await using (var connection = await database.OpenAsync(cancellation))
            {
                page = (await connection.QueryAsync<AuditRecord>(new CommandDefinition(
                    $"SELECT {AuditRecord.Columns} FROM audit_log WHERE seq > @reached ORDER BY seq LIMIT {PageSize}",
                    new { reached }, cancellationToken: cancellation))).AsList();
            }

            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            reached = page[^1].Seq;
        }
    }
}

/// <summary>What became of a walk along the audit log.</summary>
/// <param name="Rows">How many rows are whole, from the first on.</param>
/// <param name="Head">The hash of the last of them. Kept elsewhere, it proves later that none of them was changed.</param>
/// <param name="Fault">What is wrong with the first row that isn't; null when all are whole.</param>
public sealed record AuditCheck(long Rows, string Head, string? Fault);
