namespace LiveFeed.EndToEnd.Tests.Commands;

/// <summary>Real input, which stands beside the repository: <c>../shared/data</c>, or where <c>LIVEFEED_DATA</c> says.</summary>
internal static class SharedData
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("LIVEFEED_DATA") is { Length: > 0 } told)
        {
            return Directory.Exists(told) ? told : throw new DirectoryNotFoundException($"LIVEFEED_DATA names {told}, which is not there.");
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LiveFeed.sln")))
        {
            folder = folder.Parent;
        }

        var data = Path.GetFullPath(Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "..", "shared", "data"));
        return Directory.Exists(data) ? data
            : throw new DirectoryNotFoundException($"These tests read real news items from {data}. Put them there, or say in LIVEFEED_DATA where they are.");
    }
}
