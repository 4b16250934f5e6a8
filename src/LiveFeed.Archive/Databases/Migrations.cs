using Dapper;

namespace LiveFeed.Archive.Databases;

/// <summary>
/// Brings the tables up to date, in the order of the files in <c>Schema/</c>. All in one transaction under a lock: several
/// nodes may start at once, and one that dies half-way leaves nothing half done.
/// </summary>
public static class Migrations
{
    /// <summary>Applies what this database has not seen yet.</summary>
    public static async Task RunAsync(ArchiveDatabase database, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var write = await database.BeginWriteAsync(cancellation);
        await database.LockSchemaAsync(write, cancellation);
        await write.Connection.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_steps (name text NOT NULL PRIMARY KEY)", transaction: write.Transaction);
        var done = await write.Connection.QueryAsync<string>("SELECT name FROM schema_steps", transaction: write.Transaction);
        foreach (var step in Steps().Except(done, StringComparer.Ordinal))
        {
            await write.Connection.ExecuteAsync(Resources.Text($"Schema/{step}"), transaction: write.Transaction);
            await write.Connection.ExecuteAsync("INSERT INTO schema_steps (name) VALUES (@step)", new { step }, write.Transaction);
        }

        await write.CommitAsync(cancellation);
    }

    private static IEnumerable<string> Steps() =>
        typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Schema/", StringComparison.Ordinal))
            .Select(name => name["Schema/".Length..])
            .Order(StringComparer.Ordinal);
}
