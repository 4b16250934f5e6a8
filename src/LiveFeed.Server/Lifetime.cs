namespace LiveFeed.Server;

/// <summary>Waiting for a moment of the host's life.</summary>
internal static class Lifetime
{
    /// <summary>Waits until <paramref name="moment"/> has come.</summary>
    /// <exception cref="OperationCanceledException">The host stops before that.</exception>
    public static async Task WaitAsync(this CancellationToken moment, CancellationToken stopping)
    {
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = moment.Register(come.SetResult);
        await come.Task.WaitAsync(stopping);
    }
}
