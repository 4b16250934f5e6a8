using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace LiveFeed.Ticker.Admission;

/// <summary>
/// Ends the node when a signal asks for it, and says farewell first. The host's own way is to say at once that it stops, and at that
/// word SignalR closes its connections, before anything else can be done for those readers.
/// </summary>
internal sealed class SignalLifetime(IHostApplicationLifetime host, Farewell farewell) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];

    /// <summary>Listens from now on.</summary>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM })
        {
            signals.Add(PosixSignalRegistration.Create(signal, asked =>
            {
                // Or the process would end when this returns.
                asked.Cancel = true;
                _ = EndAsync();
            }));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    private async Task EndAsync()
    {
        try
        {
            await farewell.SayAsync();
        }
        finally
        {
            host.StopApplication();
        }
    }
}
