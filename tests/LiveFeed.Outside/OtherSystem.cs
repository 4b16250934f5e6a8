using LiveFeed.Contracts;
using MassTransit;

namespace LiveFeed.Outside;

/// <summary>Puts one item on the air as the README says it, and tells on which place of the feed's log, or why not.</summary>
internal static class OtherSystem
{
    private static async Task<int> Main(string[] args)
    {
        if (args is not [var broker, var feed, var headline, ..] || args.Length > 4)
        {
            await Console.Error.WriteLineAsync("Usage: LiveFeed.Outside amqp://USER:PASSWORD@HOST:5672/ FEED HEADLINE [SUBMISSION-ID]");
            return 2;
        }

        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(broker)));
        await bus.StartAsync();
        try
        {
            var desk = bus.CreateRequestClient<SubmitEntry>();
            var answer = await desk.GetResponse<EntryAccepted, EntryRejected>(new SubmitEntry
            {
                // Who isn't sure whether it arrived sends the same again, with the same ids.
                SubmissionId = args.Length > 3 ? Guid.Parse(args[3]) : Guid.NewGuid(),
                EntryId = args.Length > 3 ? Guid.Parse(args[3]) : Guid.CreateVersion7(),
                Feed = feed,
                Action = EntryAction.Publish,
                Fields = new EntryFields { Headline = headline },
            });
            if (answer.Is<EntryRejected>(out var rejected))
            {
                await Console.Error.WriteLineAsync(rejected.Message.Detail);
                return 1;
            }

            answer.Is<EntryAccepted>(out var accepted);
            var (_, entry, repeated) = accepted!.Message;
            Console.WriteLine($"{entry.Id} {entry.Seq}{(repeated ? " again" : "")}");
            return 0;
        }
        finally
        {
            await bus.StopAsync();
        }
    }
}
