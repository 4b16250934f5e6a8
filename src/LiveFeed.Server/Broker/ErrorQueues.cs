using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using LiveFeed.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace LiveFeed.Server.Broker;

/// <summary>
/// The error queues: what the fan-out could not carry out, with the reason. MassTransit puts messages there; an operator looks at
/// them, and once the cause is mended has them carried out again.
/// </summary>
internal sealed class ErrorQueues(Uri broker)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>All of it, oldest first in each queue; everything stays where it is.</summary>
    /// <exception cref="RabbitMQClientException">The broker can't be reached.</exception>
    public async Task<IReadOnlyList<FailedSubmission>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(cancellation);
        var failed = new List<FailedSubmission>();
        foreach (var queue in SubmissionQueues.Names)
        {
            // What was got and isn't acknowledged goes back to its place when the channel closes.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            foreach (var message in await TakeAllAsync(connection, channel, queue, cancellation))
            {
                failed.Add(Describe(queue, message));
            }
        }

        return failed;
    }

    /// <summary>Puts everything back into the queues that it came from, in order; what is back leaves the error queue.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="RabbitMQClientException">The broker can't be reached; what isn't back yet is still in the error queues.</exception>
    public async Task<int> ReplayAsync(CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(cancellation);
        var count = 0;
        foreach (var queue in SubmissionQueues.Names)
        {
            await using var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
            foreach (var message in await TakeAllAsync(connection, channel, queue, cancellation))
            {
                var properties = message.Properties;
                foreach (var name in properties.Headers?.Keys.Where(name => name.StartsWith("MT-Fault-", StringComparison.Ordinal)).ToList() ?? [])
                {
                    properties.Headers!.Remove(name);
                }

                // Confirmed and routed before it is acknowledged: a crash in between leaves it twice, never not at all.
                await channel.BasicPublishAsync(queue, "", mandatory: true, properties, message.Body, cancellation);
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation);
                count++;
            }
        }

        return count;
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellation) =>
        await new ConnectionFactory { Uri = broker, ClientProvidedName = "livefeed errors" }.CreateConnectionAsync(cancellation);

    // All of it before anything is done with it: a message that fails again at once would otherwise go round without end. A queue
    // with a single active consumer has to be consumed, and never says that it is empty; it is when nothing comes any more.
    private static async Task<IReadOnlyList<Taken>> TakeAllAsync(
        IConnection connection, IChannel channel, string queue, CancellationToken cancellation)
    {
        var errors = $"{queue}_error";
        var taken = new List<Taken>();
        if (!await ExistsAsync(connection, errors, cancellation))
        {
            return taken;
        }

        var arriving = Channel.CreateUnbounded<Taken>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) => await arriving.Writer.WriteAsync(
            new Taken(message.DeliveryTag, new BasicProperties(message.BasicProperties), message.Body.ToArray()), cancellation);
        var tag = await channel.BasicConsumeAsync(errors, autoAck: false, consumer, cancellation);
        while (await ArrivesAsync(arriving.Reader, cancellation))
        {
            while (arriving.Reader.TryRead(out var message))
            {
                taken.Add(message);
            }
        }

        await channel.BasicCancelAsync(tag, cancellationToken: cancellation);
        return taken;
    }

    private static async Task<bool> ArrivesAsync(ChannelReader<Taken> messages, CancellationToken cancellation)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        quiet.CancelAfter(Quiet);
        try
        {
            return await messages.WaitToReadAsync(quiet.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    // A channel is closed by asking for a queue that isn't there, so the question gets one of its own.
    private static async Task<bool> ExistsAsync(IConnection connection, string queue, CancellationToken cancellation)
    {
        await using var question = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            await question.QueueDeclarePassiveAsync(queue, cancellation);
            return true;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
    }

    private static FailedSubmission Describe(string queue, Taken message) => new(
        queue,
        Header(message, "MT-Fault-Timestamp"),
        Header(message, "MT-Fault-Message") ?? "unknown",
        Submission(message.Body));

    private static string? Header(Taken message, string name) =>
        message.Properties.Headers?.TryGetValue(name, out var value) == true
            ? value switch { byte[] bytes => Encoding.UTF8.GetString(bytes), _ => Convert.ToString(value, CultureInfo.InvariantCulture) }
            : null;

    private sealed record Taken(ulong DeliveryTag, BasicProperties Properties, byte[] Body);

    // MassTransit's envelope; what can't be read is shown by its reason alone.
    private static SubmitEntry? Submission(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var envelope = JsonDocument.Parse(body);
            return envelope.RootElement.TryGetProperty("message", out var message) ? message.Deserialize<SubmitEntry>(Wire.Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A submission in an error queue.</summary>
/// <param name="Queue">The queue that it came from.</param>
/// <param name="At">When it failed, RFC 3339.</param>
/// <param name="Reason">Why.</param>
/// <param name="Submission">What it asked for; null when it can't be read.</param>
internal sealed record FailedSubmission(string Queue, string? At, string Reason, SubmitEntry? Submission);
