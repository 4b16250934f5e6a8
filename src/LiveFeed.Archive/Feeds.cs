using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;

namespace LiveFeed.Archive;

/// <summary>The feeds themselves: created and described by the desk, read by everyone.</summary>
public sealed class Feeds(ArchiveDatabase database) : IFeedList
{
    /// <summary>Creates a feed with an empty log. False when the slug is taken; the feed that has it stays as it is.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> CreateAsync(Feed feed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(feed);
        var created = await database.WriteAsync(
            """
            INSERT INTO feeds (slug, title, language, direction, time_zone, status, embedding, created_at, epoch, last_seq)
            VALUES (@Slug, @Title, @Language, @Direction, @TimeZone, @Status, @Embedding, @CreatedAt, @Epoch, 0) ON CONFLICT (slug) DO NOTHING
            """,
            Row(feed), cancellation);
        return created == 1;
    }

    /// <summary>Changes a feed's title, language, direction, time zone, status and who may show it. False when there is none.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> ChangeAsync(Feed feed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(feed);
        var changed = await database.WriteAsync(
            """
            UPDATE feeds SET title = @Title, language = @Language, direction = @Direction, time_zone = @TimeZone, status = @Status,
                   embedding = @Embedding
            WHERE slug = @Slug
            """,
            Row(feed), cancellation);
        return changed == 1;
    }

    /// <inheritdoc/>
    public async Task<Feed?> FindAsync(string slug, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<FeedRow>(
            new CommandDefinition($"SELECT {FeedRow.Columns} FROM feeds WHERE slug = @slug", new { slug }, cancellationToken: cancellation));
        return row?.ToFeed();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Feed>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<FeedRow>(
            new CommandDefinition($"SELECT {FeedRow.Columns} FROM feeds ORDER BY created_at DESC, slug", cancellationToken: cancellation));
        return [.. rows.Select(row => row.ToFeed())];
    }

    private static FeedRow Row(Feed feed) => new()
    {
        Slug = feed.Slug,
        Title = feed.Title,
        Language = feed.Language,
        Direction = feed.Direction.ToString(),
        TimeZone = feed.TimeZone,
        Status = feed.Status.ToString(),
        Embedding = feed.Embedding.ToString(),
        CreatedAt = feed.CreatedAt.ToUnixTimeMilliseconds(),
        Epoch = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 10),
    };
}
