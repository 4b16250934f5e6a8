using System.Data.Common;
using Dapper;
using Npgsql;

namespace LiveFeed.Archive.Databases;

/// <summary>The archive on PostgreSQL, shared by all nodes. Writers of one feed take turns by the lock on the feed's row.</summary>
public sealed class PostgresDatabase : ArchiveDatabase
{
    // Any number will do, as long as every node uses the same one.
    private const long SchemaLock = 0x4C69766546656564;

    private readonly NpgsqlDataSource source;

    /// <summary>The archive that <paramref name="connectionString"/> (Npgsql's form) names.</summary>
    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        // The statements here are few and always the same: prepared once a connection, they cost half.
        settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, 100);
        settings.AutoPrepareMinUsages = 2;
        settings.ApplicationName ??= "LiveFeed";
        // A database that has gone is found out in seconds, not when TCP gives up.
        settings.Timeout = Math.Min(settings.Timeout, 5);
        settings.CommandTimeout = Math.Min(settings.CommandTimeout, 10);
        source = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation) => await source.OpenConnectionAsync(cancellation);

    /// <inheritdoc/>
    public override async Task<ArchiveWrite> BeginWriteAsync(CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            return new ArchiveWrite(connection, await connection.BeginTransactionAsync(cancellation), connection.DisposeAsync);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal override string RowLock => "FOR UPDATE";

    internal override string OneOf(string column, string parameter) => $"{column} = ANY({parameter})";

    internal override Task LockSchemaAsync(ArchiveWrite write, CancellationToken cancellation) =>
        write.Connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@SchemaLock)", new { SchemaLock }, write.Transaction);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => source.DisposeAsync();
}
