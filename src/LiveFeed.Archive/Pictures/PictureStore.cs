using System.Data.Common;
using Dapper;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Archive.Pictures;

/// <summary>The pictures, in the archive's own database: every node serves them, and one backup holds them with the items that show them.</summary>
public sealed class PictureStore(ArchiveDatabase database, TimeProvider clock)
{
    private const string Add =
        """
        INSERT INTO pictures (id, added_at, added_by) VALUES (@id, @now, @by) ON CONFLICT DO NOTHING;
        """;

    private const string AddRendition =
        """
        INSERT INTO picture_renditions (picture, width, height, content) VALUES (@Id, @Width, @Height, @Content) ON CONFLICT DO NOTHING;
        """;

    /// <summary>Keeps a picture. False when it was there already: then what is there stays.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> AddAsync(Picture picture, string by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        await using var write = await database.BeginWriteAsync(cancellation);
        var added = await write.Connection.ExecuteAsync(new CommandDefinition(
            Add, new { id = picture.Id, now = clock.GetUtcNow().ToUnixTimeMilliseconds(), by }, write.Transaction, cancellationToken: cancellation));
        if (added == 1)
        {
            await write.Connection.ExecuteAsync(new CommandDefinition(
                AddRendition, picture.Renditions.Select(one => new { picture.Id, one.Width, one.Height, one.Content }), write.Transaction, cancellationToken: cancellation));
        }

        await write.CommitAsync(cancellation);
        return added == 1;
    }

    /// <summary>A picture with the sizes of its renditions, without their bytes; null when there is none of this id.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<Picture?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var sizes = (await connection.QueryAsync<SizeRow>(new CommandDefinition(
            "SELECT width AS Width, height AS Height FROM picture_renditions WHERE picture = @id ORDER BY width", new { id }, cancellationToken: cancellation))).AsList();
        return sizes.Count == 0 ? null : new Picture(id, [.. sizes.Select(size => new Rendition((int)size.Width, (int)size.Height, []))]);
    }

    /// <summary>The bytes of a rendition; null when there is none of this id and width.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<byte[]?> ReadAsync(string id, int width, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<byte[]>(new CommandDefinition(
            "SELECT content FROM picture_renditions WHERE picture = @id AND width = @width", new { id, width }, cancellationToken: cancellation));
    }

    private sealed record SizeRow
    {
        public long Width { get; init; }
        public long Height { get; init; }
    }
}
