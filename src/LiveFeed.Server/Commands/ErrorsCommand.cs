using System.CommandLine;
using LiveFeed.Server.Broker;
using RabbitMQ.Client.Exceptions;

namespace LiveFeed.Server.Commands;

/// <summary><c>errors list|replay</c>: what the fan-out could not carry out.</summary>
internal static class ErrorsCommand
{
    public static Command Create() => new("errors", "Shows what the fan-out could not carry out, and has it carried out again.") { List(), Replay() };

    private static Command List()
    {
        var command = new Command("list", "Lists the submissions in RabbitMQ's error queues, with the reasons.");
        command.SetAction(async (parsed, cancellation) =>
        {
            foreach (var failed in await WithQueuesAsync(queues => queues.ListAsync(cancellation)))
            {
                var what = failed.Submission is { } submission
                    ? $"{submission.Action.ToString().ToLowerInvariant()} {submission.EntryId} in {Terminal.Line(submission.Feed)}"
                    : "unreadable";
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{failed.At}  {failed.Queue}  {what}  {Terminal.Line(failed.Reason)}");
            }

            return 0;
        });
        return command;
    }

    private static Command Replay()
    {
        var command = new Command("replay", "Puts them back into the queues that they came from. What was carried out meanwhile isn't carried out twice.");
        command.SetAction(async (parsed, cancellation) =>
        {
            var count = await WithQueuesAsync(queues => queues.ReplayAsync(cancellation));
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{count} put back.");
            return 0;
        });
        return command;
    }

    private static async Task<T> WithQueuesAsync<T>(Func<ErrorQueues, Task<T>> run)
    {
        var broker = OwnSettings.Read().RabbitMq
            ?? throw new CommandFailedException("The broker in memory keeps no error queues. Set ConnectionStrings__RabbitMq as for the server.");
        try
        {
            return await run(new ErrorQueues(broker));
        }
        catch (RabbitMQClientException away)
        {
            throw new CommandFailedException($"RabbitMQ can't be reached: {away.Message}");
        }
    }
}
