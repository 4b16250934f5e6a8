using LiveFeed.Contracts;
using LiveFeed.FanOut;
using MassTransit;

namespace LiveFeed.Server.Broker;

/// <summary>
/// Declares the fan-out's queues from a desk that runs without it: whichever node starts first, a submission finds its queue. A
/// second bus does it, with the fan-out's own settings for these queues, so that the two can't declare them differently.
/// </summary>
internal sealed class SubmissionTopology(Uri broker, ILogger<SubmissionTopology> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DeclareAsync(stoppingToken);
                return;
            }
            catch (Exception away) when (away is MassTransitException or RabbitMQ.Client.Exceptions.RabbitMQClientException or OperationCanceledException)
            {
                logger.LogWarning("The queues for submissions aren't declared yet: {Reason}", away.Message);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DeclareAsync(CancellationToken cancellation)
    {
        var topology = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.DeployTopologyOnly = true;
            foreach (var name in SubmissionQueues.Names)
            {
                rabbit.ReceiveEndpoint(name, queue =>
                {
                    SubmitEntryConsumerDefinition.ConfigureQueue(queue);
                    if (name == SubmissionQueues.Published)
                    {
                        queue.Bind<SubmitEntry>();
                    }
                });
            }
        });
        await topology.StartAsync(cancellation);
        await topology.StopAsync(CancellationToken.None);
    }
}
