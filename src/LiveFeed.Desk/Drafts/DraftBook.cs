using System.Data.Common;
using System.Globalization;
using Dapper;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Desk;

/// <summary>Where drafts are kept.</summary>
internal sealed class DraftBook(ArchiveDatabase database)
{
    /// <summary>The draft, or null; one that was deleted is found as such.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<DraftRow?> FindAsync(string feed, Guid id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<DraftRow>(new CommandDefinition(
            $"SELECT {DraftRow.Columns} FROM drafts WHERE feed = @feed AND id = @id", new { feed, id = id.ToString() }, cancellationToken: cancellation));
    }

    /// <summary>Drafts of a feed, the newest change first.</summary>
    /// <param name="feed">The feed's slug.</param>
    /// <param name="author">The id of the writer whose they are; null for everybody's.</param>
    /// <param name="state">The state that they are in; null for all that aren't published or deleted.</param>
    /// <param name="before">Only what stands after this one in the list.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<DraftRow>> ListAsync(
        string feed, string? author, DraftState? state, DraftCursor? before, int limit, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<DraftRow>(new CommandDefinition(
            $"""
            SELECT {DraftRow.Columns} FROM drafts
            WHERE feed = @feed
              AND {(state is null ? "state NOT IN ('Published', 'Deleted')" : "state = @state")}
              {(author is null ? "" : "AND author_id = @author")}
              {(before is null ? "" : "AND (changed_at < @at OR (changed_at = @at AND id < @id))")}
            ORDER BY changed_at DESC, id DESC LIMIT @limit
            """,
            new { feed, author, state = state?.ToString(), at = before?.ChangedAt, id = before?.Id.ToString(), limit },
            cancellationToken: cancellation));
        return [.. rows];
    }

    /// <summary>How many drafts of a feed a writer has begun that are neither published nor deleted.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<int> CountInHandAsync(string feed, string author, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT count(*) FROM drafts WHERE feed = @feed AND author_id = @author AND state NOT IN ('Published', 'Deleted')",
            new { feed, author }, cancellationToken: cancellation));
    }

    /// <summary>Keeps a new draft. False when there is one with this id.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> AddAsync(DraftRow draft, CancellationToken cancellation) => await database.WriteAsync(
        """
        INSERT INTO drafts (feed, id, version, state, author_id, author, created_at, changed_at, changed_by, content)
        VALUES (@Feed, @Id, @Version, @State, @AuthorId, @Author, @CreatedAt, @ChangedAt, @ChangedBy, @Content) ON CONFLICT (feed, id) DO NOTHING
        """,
        new DynamicParameters(Values(draft)), cancellation) == 1;

    /// <summary>
    /// Puts <paramref name="next"/> in the place of <paramref name="seen"/>. False when somebody else has changed it since, and
    /// nothing happens: of two who change, claim or cancel one draft at once, one does.
    /// </summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> ReplaceAsync(DraftRow seen, DraftRow next, CancellationToken cancellation)
    {
        var values = new DynamicParameters(Values(next));
        values.AddDynamicParams(new { SeenVersion = seen.Version, SeenState = seen.State.ToString(), SeenDue = seen.DueAt ?? 0 });
        return await database.WriteAsync(
            """
            UPDATE drafts SET version = @Version, state = @State, changed_at = @ChangedAt, changed_by = @ChangedBy, content = @Content,
                return_note = @ReturnNote, problem = @Problem, approved_by = @ApprovedBy, scheduled_for = @ScheduledFor, due_at = @DueAt
            WHERE feed = @Feed AND id = @Id AND version = @SeenVersion AND state = @SeenState AND COALESCE(due_at, 0) = @SeenDue
            """,
            values, cancellation) == 1;
    }

    /// <summary>What a node must see to until then, the earliest first.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<DraftRow>> DueAsync(DateTimeOffset until, int limit, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<DraftRow>(new CommandDefinition(
            $"SELECT {DraftRow.Columns} FROM drafts WHERE due_at <= @until ORDER BY due_at LIMIT @limit",
            new { until = until.ToUnixTimeMilliseconds(), limit }, cancellationToken: cancellation));
        return [.. rows];
    }

    // The state is a word in the table, as everywhere in the archive.
    private static object Values(DraftRow draft) => new
    {
        draft.Feed,
        draft.Id,
        draft.Version,
        State = draft.State.ToString(),
        draft.AuthorId,
        draft.Author,
        draft.CreatedAt,
        draft.ChangedAt,
        draft.ChangedBy,
        draft.Content,
        draft.ReturnNote,
        draft.Problem,
        draft.ApprovedBy,
        draft.ScheduledFor,
        draft.DueAt,
    };
}

/// <summary>A place in a list of drafts: after the draft that it names.</summary>
/// <param name="ChangedAt">When that one last changed, in milliseconds since 1970.</param>
/// <param name="Id">Its id.</param>
internal sealed record DraftCursor(long ChangedAt, Guid Id)
{
    public static DraftCursor Of(DraftRow draft) => new(draft.ChangedAt, Guid.Parse(draft.Id));

    public static DraftCursor? Parse(string text) =>
        text.Split('.') is [var at, var id]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var changedAt) && Guid.TryParseExact(id, "N", out var guid)
            ? new DraftCursor(changedAt, guid)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ChangedAt}.{Id:N}");
}
