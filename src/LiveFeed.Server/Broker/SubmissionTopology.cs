using LiveFeed.Contracts;
using LiveFeed.FanOut;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LiveFeed.Server.Broker;

/// <summary>
/// Declares the fan-out's queues before a desk's or a fan-out's bus starts: whichever node is first, a submission finds its queue.
/// </summary>
/// <remarks>
/// One node at a time: RabbitMQ (3.10 was seen to) leaves a connection without an answer for good, or ends it with an internal error,
/// when it asks for a quorum queue that another connection is just creating.
/// </remarks>
internal sealed class SubmissionTopology(
    Uri broker, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<SubmissionTopology> logger) : IBusObserver
{
    // A queue of one connection alone, which goes away with it: who can declare it has the turn (AMQP 0-9-1, exclusive queues).
    private const string Turn = "livefeed-submissions-declaring";

    private static readonly string Published = $"{typeof(SubmitEntry).Namespace}:{nameof(SubmitEntry)}";
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TurnPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Waits until the queues are there, for as long as the broker is away.</summary>
    /// <exception cref="OperationCanceledException">The node stops before that.</exception>
    public async Task PreStart(IBus bus)
    {
        var stopping = lifetime.ApplicationStopping;
        while (true)
        {
            try
            {
                using var limit = new CancellationTokenSource(AtMost, clock);
                using var within = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
                await DeclareInTurnAsync(within.Token);
                return;
            }
            catch (Exception away) when (!stopping.IsCancellationRequested && IsPassing(away))
            {
                logger.LogWarning("The queues for submissions aren't declared yet: {Reason}", away.Message);
                await Task.Delay(Pause, clock, stopping);
            }
        }
    }

    public void PostCreate(IBus bus)
    {
    }

    public void CreateFaulted(Exception exception)
    {
    }

    public Task PostStart(IBus bus, Task<BusReady> busReady) => Task.CompletedTask;

    public Task StartFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    public Task PreStop(IBus bus) => Task.CompletedTask;

    public Task PostStop(IBus bus) => Task.CompletedTask;

    public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    private static bool IsPassing(Exception failure) =>
        failure is IOException or RabbitMQClientException or TimeoutException or OperationCanceledException;

    private async Task DeclareInTurnAsync(CancellationToken cancellation)
    {
        var factory = new ConnectionFactory { Uri = broker, ClientProvidedName = "livefeed topology", AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync(cancellation);
        while (!await HasTurnAsync(connection, cancellation))
        {
            await Task.Delay(TurnPause, clock, cancellation);
        }

        await DeclareAsync(connection, cancellation);
    }

    private static async Task<bool> HasTurnAsync(IConnection connection, CancellationToken cancellation)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            await channel.QueueDeclareAsync(Turn, durable: false, exclusive: true, autoDelete: false, cancellationToken: cancellation);
            return true;
        }
        catch (OperationInterruptedException taken) when (taken.ShutdownReason?.ReplyCode is Constants.ResourceLocked)
        {
            await channel.DisposeAsync();
            return false;
        }
    }

    // As MassTransit does it: a queue is reached through an exchange of its own name, a message through one of its type's.
    private static async Task DeclareAsync(IConnection connection, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var arguments = SubmitEntryConsumerDefinition.QueueArguments.ToDictionary(argument => argument.Key, argument => (object?)argument.Value);
        foreach (var name in SubmissionQueues.Names)
        {
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation);
            await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
            await channel.QueueBindAsync(name, name, "", cancellationToken: cancellation);
        }

        await channel.ExchangeDeclareAsync(Published, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.ExchangeBindAsync(SubmissionQueues.Published, Published, "", cancellationToken: cancellation);
    }
}
