using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Ring;

/// <summary>
/// Compares the rings with what Redis or the archive knows, every few seconds, and catches up. A broker that delivers nothing
/// looks just like a quiet feed; without this nobody would ever know.
/// </summary>
public sealed class RingWatch(Rings rings, RingSource source, TimeProvider clock, ILogger<RingWatch> log) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan CompareEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CompareLimit = TimeSpan.FromSeconds(10);

    // Redis may stand still as well, so now and then the archive itself is asked.
    private const int ArchiveEvery = 4;

    private readonly Announcements announcements = new();
    private readonly RingComparison comparison = new(rings, source, log);
    private volatile string? trouble = "The rings haven't been compared with the archive yet.";

    /// <summary>Ready when the last comparison worked and every ring stands where its feed does.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(trouble is { } known ? HealthCheckResult.Unhealthy(known) : HealthCheckResult.Healthy());

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(CompareAsync(stoppingToken), PulseAsync(stoppingToken));

    private async Task CompareAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(CompareEvery, clock);
        for (var round = 0; !stopping.IsCancellationRequested; round++)
        {
            Tell(await FindTroubleAsync(askArchive: round % ArchiveEvery == 0, stopping));
            if (!await WaitAsync(timer, stopping))
            {
                return;
            }
        }
    }

    private async Task PulseAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(PulseEvery, clock);
        while (await WaitAsync(timer, stopping))
        {
            foreach (var ring in rings.Loaded)
            {
                ring.Pulse();
            }
        }
    }

    private async Task<string?> FindTroubleAsync(bool askArchive, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(CompareLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            var behind = await comparison.FindBehindAsync(askArchive, either.Token);
            var missing = announcements.FindMissing(rings.Loaded);
            return behind.Count > 0 ? $"These feeds are behind the archive: {string.Join(", ", behind)}."
                : missing.Count > 0 ? $"Changes of these feeds aren't announced to this node, which sees them seconds late: {string.Join(", ", missing)}."
                : null;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            log.LogDebug(failure, "The comparison failed.");
            return $"The rings couldn't be compared with the archive: {failure.Message}";
        }
        catch (OperationCanceledException)
        {
            return trouble;
        }
    }

    private void Tell(string? found)
    {
        if (found is not null && found != trouble)
        {
            log.LogWarning("The ticker isn't ready: {Trouble}", found);
        }
        else if (found is null && trouble is not null)
        {
            log.LogInformation("The ticker's rings stand where the archive does.");
        }

        trouble = found;
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
