using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace LiveFeed.Archive.Databases;

/// <summary>The archive in one file. Readers never wait (write-ahead log); a commit is on the disk before it returns (synchronous=FULL).</summary>
public sealed class SqliteDatabase : ArchiveDatabase
{
    private readonly string connectionString;

    // SQLite takes one writer at a time and makes others poll; taking turns here is quicker and fair.
    private readonly SemaphoreSlim turn = new(1);
    private SqliteConnection? writer;

    /// <summary>The archive in <paramref name="path"/>, made when it isn't there.</summary>
    public SqliteDatabase(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10, ForeignKeys = true }.ToString();
    }

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        // SQLite works on the thread that asks; a ticker's readers ask on one that has others to listen to.
        await Task.Yield();
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    /// <inheritdoc/>
    public override async Task<ArchiveWrite> BeginWriteAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            writer ??= await OpenWriterAsync(cancellation);
            return new ArchiveWrite(writer, writer.BeginTransaction(deferred: false), () =>
            {
                turn.Release();
                return ValueTask.CompletedTask;
            });
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    // A transaction that writes has the whole file to itself.
    internal override string RowLock => "";

    internal override string OneOf(string column, string parameter) => $"{column} IN {parameter}";

    internal override Task LockSchemaAsync(ArchiveWrite write, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }

        using var pool = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(pool);
        turn.Dispose();
    }

    private async Task<SqliteConnection> OpenWriterAsync(CancellationToken cancellation)
    {
        var connection = (SqliteConnection)await OpenAsync(cancellation);
        await connection.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        return connection;
    }
}
