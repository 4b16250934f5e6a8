using System.Data.Common;
using Dapper;

namespace LiveFeed.Archive.Databases;

/// <summary>
/// Where the archive is kept. Both databases speak the one dialect of <c>Schema/</c>; what differs is how a connection is
/// opened and how a write takes its turn.
/// </summary>
public abstract class ArchiveDatabase : IAsyncDisposable
{
    /// <summary>Opens a connection to read from.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Begins a transaction that writes. What it reads stays true until it ends.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public abstract Task<ArchiveWrite> BeginWriteAsync(CancellationToken cancellation);

    /// <summary>Runs statements that write, in a transaction of their own.</summary>
    /// <returns>How many rows they changed, all together.</returns>
    /// <exception cref="DbException">The database can't be reached, or refused them; nothing was written then.</exception>
    public async Task<int> WriteAsync(string statements, object values, CancellationToken cancellation)
    {
        await using var write = await BeginWriteAsync(cancellation);
        var changed = await write.Connection.ExecuteAsync(new CommandDefinition(statements, values, write.Transaction, cancellationToken: cancellation));
        await write.CommitAsync(cancellation);
        return changed;
    }

    /// <summary>What a SELECT ends with to hold the rows that it read until the transaction ends.</summary>
    internal abstract string RowLock { get; }

    /// <summary>The condition that a column is one of the values of an array parameter.</summary>
    internal abstract string OneOf(string column, string parameter);

    /// <summary>Waits until no other node is bringing the tables up to date, within <paramref name="write"/>.</summary>
    internal abstract Task LockSchemaAsync(ArchiveWrite write, CancellationToken cancellation);

    /// <summary>True for a failure that will pass: the database is away or busy. What failed may be tried again.</summary>
    public static bool IsPassing(Exception failure) =>
        failure is DbException { IsTransient: true } or TimeoutException or System.Net.Sockets.SocketException or IOException
        || failure is Npgsql.NpgsqlException { InnerException: { } inner } && IsPassing(inner)
        || failure is Npgsql.PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53300" or "25006" };

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A transaction that writes. It is undone unless <see cref="CommitAsync"/> was reached.</summary>
public sealed class ArchiveWrite(DbConnection connection, DbTransaction transaction, Func<ValueTask> release) : IAsyncDisposable
{
    /// <summary>The connection that the transaction runs on.</summary>
    public DbConnection Connection { get; } = connection;

    /// <summary>The transaction.</summary>
    public DbTransaction Transaction { get; } = transaction;

    /// <summary>Makes it last: when this returns, it is on the disk.</summary>
    public Task CommitAsync(CancellationToken cancellation) => Transaction.CommitAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await release();
    }
}
