namespace LiveFeed.Testing;

/// <summary>What a server for the tests runs on: a process of this machine, or a container where its program isn't installed.</summary>
internal abstract class ServerHost : IAsyncDisposable
{
    /// <summary>Starts it, with the port and the data it had before.</summary>
    public abstract Task StartAsync();

    /// <summary>Ends it at once, as a power cut would.</summary>
    public abstract Task KillAsync();

    /// <summary>Lets it end in order.</summary>
    public abstract Task StopAsync();

    /// <summary>True when it ended without being asked to.</summary>
    public abstract bool Failed { get; }

    /// <summary>What it last wrote, to explain a failure.</summary>
    public abstract Task<string> LogAsync();

    /// <summary>Runs a program beside it, in its environment, and gives what that wrote.</summary>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public abstract Task<string> RunAsync(params string[] command);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
