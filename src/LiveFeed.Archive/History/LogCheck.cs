using System.Data.Common;
using Dapper;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Archive.History;

/// <summary>Whether the feeds' logs are what they have to be: every change once, none missing, and each entry at its newest revision.</summary>
public sealed class LogCheck(ArchiveDatabase database)
{
    /// <summary>Looks at every log. What is appended meanwhile is seen whole or not at all.</summary>
    /// <returns>How many feeds and changes there are, and what is wrong, in sentences; none when all is well.</returns>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<(long Feeds, long Changes, IReadOnlyList<string> Faults)> RunAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var faults = new List<string>();
        // One statement each, since one statement sees one moment.
        await FindAsync(
            """
            SELECT 'feed ' || f.slug || ': its log ends at seq ' || f.last_seq || ', and has ' || count(r.seq) || ' changes up to seq ' || COALESCE(max(r.seq), 0)
            FROM feeds f LEFT JOIN revisions r ON r.feed = f.slug GROUP BY f.slug, f.last_seq
            HAVING count(r.seq) <> f.last_seq OR COALESCE(max(r.seq), 0) <> f.last_seq OR COALESCE(min(r.seq), 1) <> 1
            ORDER BY f.slug LIMIT 10
            """);
        await FindAsync(
            """
            SELECT 'feed ' || feed || ': entry ' || entry_id || ' has ' || count(*) || ' revisions, the last one numbered ' || max(revision)
            FROM revisions GROUP BY feed, entry_id HAVING count(*) <> max(revision) OR min(revision) <> 1 ORDER BY feed, entry_id LIMIT 10
            """);
        await FindAsync(
            """
            SELECT 'submission ' || submission_id || ' was carried out ' || count(*) || ' times'
            FROM revisions GROUP BY submission_id HAVING count(*) > 1 ORDER BY submission_id LIMIT 10
            """);
        await FindAsync(
            """
            SELECT 'feed ' || e.feed || ': entry ' || e.id || ' isn''t what its newest revision says'
            FROM entries e LEFT JOIN revisions r ON r.feed = e.feed AND r.seq = e.seq AND r.entry_id = e.id
            WHERE r.seq IS NULL OR r.state <> e.state OR COALESCE(r.body, '') <> COALESCE(e.body, '')
               OR EXISTS (SELECT 1 FROM revisions n WHERE n.feed = e.feed AND n.entry_id = e.id AND n.revision > r.revision)
            ORDER BY e.feed, e.id LIMIT 10
            """);
        var (feeds, changes) = await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
            "SELECT (SELECT count(*) FROM feeds), (SELECT count(*) FROM revisions)", cancellationToken: cancellation));
        return (feeds, changes, faults);

        async Task FindAsync(string sql) =>
            faults.AddRange(await connection.QueryAsync<string>(new CommandDefinition(sql, commandTimeout: 600, cancellationToken: cancellation)));
    }
}
