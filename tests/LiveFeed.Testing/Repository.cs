namespace LiveFeed.Testing;

/// <summary>Where the tests run from, and the real input beside it.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>LiveFeed.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    // Looked for when a test asks: most need no data, and must not fail for want of it.
    private static readonly Lazy<string> Beside = new(FindData);

    /// <summary>Real live blogs and wire items: <c>../shared/data</c> beside the repository, or where <c>LIVEFEED_DATA</c> says.</summary>
    /// <exception cref="DirectoryNotFoundException">They are not there; the message says what to do.</exception>
    public static string Data => Beside.Value;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LiveFeed.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No LiveFeed.sln stands above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }

    private static string FindData()
    {
        var data = Environment.GetEnvironmentVariable("LIVEFEED_DATA") is { Length: > 0 } told
            ? told : Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));
        return Directory.Exists(data) ? data
            : throw new DirectoryNotFoundException($"These tests read real news items from {data}. Put them there, or say in LIVEFEED_DATA where they are.");
    }
}
