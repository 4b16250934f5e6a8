using System.Text;

namespace LiveFeed.Server.Commands;

/// <summary>Text from a file or from standard input.</summary>
internal static class TextFile
{
    // Bytes of another encoding would go on the air as replacement characters. A mark at the beginning (of Windows' editors) is none of the text.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>Reads it.</summary>
    /// <param name="file">The file's name; <c>-</c> is standard input.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongUsageException">The name is empty.</exception>
    /// <exception cref="CommandFailedException">It can't be read, or it isn't UTF-8.</exception>
    public static async Task<string> ReadAsync(string file, CancellationToken cancellation)
    {
        if (file.Length == 0)
        {
            throw new WrongUsageException("A file has a name; - is standard input.");
        }

        var name = file == "-" ? "Standard input" : Terminal.Line(file);
        try
        {
            using var reader = new StreamReader(file == "-" ? Console.OpenStandardInput() : File.OpenRead(file), Strict, detectEncodingFromByteOrderMarks: false);
            return await reader.ReadToEndAsync(cancellation);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailedException($"{name} isn't text in UTF-8. Save it in that encoding.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{name} can't be read: {Terminal.Line(unreadable.Message)}");
        }
    }
}
