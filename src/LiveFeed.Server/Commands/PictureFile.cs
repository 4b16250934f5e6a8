namespace LiveFeed.Server.Commands;

/// <summary>A picture from a file. Whether it is one, the server says.</summary>
internal static class PictureFile
{
    /// <summary>Reads it.</summary>
    /// <exception cref="CommandFailedException">It can't be read.</exception>
    public static async Task<byte[]> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellation);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailedException($"{Terminal.Line(file)} can't be read: {Terminal.Line(unreadable.Message)}");
        }
    }
}
