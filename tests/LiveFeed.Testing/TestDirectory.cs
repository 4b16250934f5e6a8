namespace LiveFeed.Testing;

/// <summary>Room for the files of tests. Like the servers it is gone when it is disposed of and when the test process ends, however that ends.</summary>
public sealed class TestDirectory : IAsyncDisposable
{
    // A server that does nothing: it is there for its guard, which removes the directory.
    private readonly LocalHost host = new("files") { Command = ["sleep", "infinity"] };

    private TestDirectory()
    {
    }

    /// <summary>Makes one.</summary>
    public static async Task<TestDirectory> MakeAsync()
    {
        var directory = new TestDirectory();
        if (LocalHost.CanRun("sleep"))
        {
            await directory.host.StartAsync();
        }

        return directory;
    }

    /// <summary>An empty directory in it that nobody else has.</summary>
    public string Next() => Directory.CreateDirectory(Path.Combine(host.Directory, Guid.NewGuid().ToString("N"))).FullName;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => host.DisposeAsync();
}
