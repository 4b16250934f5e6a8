namespace LiveFeed.Server;

/// <summary>What <c>livefeed [serve]</c> was told.</summary>
/// <param name="Demo">Whether to play the demo story (<c>--demo</c>).</param>
/// <param name="HostArguments">Configuration for the host: <c>--urls http://…</c>, or any other setting as <c>--Name=Value</c>.</param>
internal sealed record Serving(bool Demo, string[] HostArguments)
{
    /// <exception cref="UsageException">There is a word that is no option.</exception>
    public static Serving Parse(string[] args)
    {
        var options = args.AsSpan(args is ["serve", ..] ? 1 : 0).ToArray();
        var host = options.Where(option => option != "--demo").ToArray();
        for (var i = 0; i < host.Length; i++)
        {
            var isPair = host[i].StartsWith("--", StringComparison.Ordinal) && host[i].Contains('=', StringComparison.Ordinal);
            var takesNext = host[i].StartsWith("--", StringComparison.Ordinal) && !isPair && i + 1 < host.Length;
            if (!isPair && !takesNext)
            {
                throw new UsageException($"'{host[i]}' is not understood. Try 'livefeed --help'.");
            }

            i += takesNext ? 1 : 0;
        }

        return new Serving(options.Contains("--demo"), host);
    }
}

/// <summary>The command line can't be understood.</summary>
internal sealed class UsageException(string message) : Exception(message);
