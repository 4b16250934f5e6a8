using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Push;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Admission;

/// <summary>
/// Sends the readers to other nodes before this one goes away: each at a moment of its own, so that the others aren't overrun.
/// Until a reader has gone it is told everything, and nobody new is let in.
/// </summary>
internal sealed class Farewell : IHostedLifecycleService, IHealthCheck
{
    // A millisecond for each reader, so a thousand a second come to the other nodes; but a node that is told to go is soon killed.
    private static readonly TimeSpan ForEachReader = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly Doorkeeper keeper;
    private readonly Shards shards;
    private readonly TickerConnections connections;
    private readonly OpenStreams streams;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Lazy<Task> said;

    public Farewell(Doorkeeper keeper, Shards shards, TickerConnections connections, OpenStreams streams, TimeProvider clock, ILogger<Farewell> log)
    {
        (this.keeper, this.shards, this.connections, this.streams, this.clock, this.log) = (keeper, shards, connections, streams, clock, log);
        said = new(SayOnceAsync);
    }

    /// <summary>Not ready while it says farewell.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keeper.IsLeaving ? HealthCheckResult.Unhealthy("The node is going away.") : HealthCheckResult.Healthy());

    /// <summary>Says farewell, before anything stops; unless that was done when the node was asked to end.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => SayAsync();

    /// <summary>Says farewell, once however often it is called; ends when the readers have gone, or had time enough.</summary>
    public Task SayAsync() => said.Value;

    private async Task SayOnceAsync()
    {
        keeper.Leave();
        var readers = keeper.Readers;
        if (readers == 0)
        {
            return;
        }

        var spread = readers * ForEachReader < Longest ? readers * ForEachReader : Longest;
        log.LogInformation("The node goes away; its {Readers} readers go to others within {Seconds:0.0} s.", readers, spread.TotalSeconds);
        shards.ForEach(reader => reader.SendAway(Moment()));
        connections.SendAway(Moment);
        streams.SendAway(Moment);
        await AllGoneAsync(spread + Grace);

        // Those that don't understand Reconnect are closed, which they do understand.
        shards.ForEach(reader => reader.SendAway());
        connections.SendAway();
        await AllGoneAsync(Grace);

        TimeSpan Moment() => spread * Random.Shared.NextDouble();
    }

    private async Task AllGoneAsync(TimeSpan most)
    {
        for (var begun = clock.GetTimestamp(); keeper.Readers > 0 && clock.GetElapsedTime(begun) < most;)
        {
            await Task.Delay(Look, clock, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
