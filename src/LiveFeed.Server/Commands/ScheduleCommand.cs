using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands;

/// <summary><c>schedule FEED --at TIME</c>: puts an item on the air later and says its id; <c>--cancel ID</c> takes one off the schedule.</summary>
internal sealed class ScheduleCommand
{
    private readonly Argument<string> feed = FeedCommand.Slug();
    private readonly Option<DateTimeOffset?> at = new("--at")
    {
        Description = "When, as RFC 3339 has it, such as 2026-11-24T18:00:00+02:00.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Rfc3339.TryParse(result.Tokens[0].Value, out var time))
            {
                return time;
            }

            result.AddError("--at is a time as RFC 3339 has it, such as 2026-11-24T18:00:00+02:00.");
            return null;
        },
    };
    private readonly Option<Guid?> id = new("--id") { Description = "The item's id, a UUID. The same command with the same id can be run again: it happens once.", HelpName = "UUID" };
    private readonly Option<Guid?> cancel = new("--cancel") { Description = "Takes this item off the schedule: the id that scheduling it said.", HelpName = "UUID" };
    private readonly FieldOptions fields;

    private ScheduleCommand(Command command)
    {
        command.Add(feed);
        command.Add(at);
        fields = new(command);
        command.Add(id);
        command.Add(cancel);
    }

    public static Command Create()
    {
        var command = new Command("schedule", "Puts an item on the air later, to the second.");
        var schedule = new ScheduleCommand(command);
        ServerOptions.AddTo(command).SetAction(command, schedule.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult parsed, NewsroomClient client, CancellationToken cancellation)
    {
        var drafts = $"api/feeds/{parsed.GetRequiredValue(feed)}/drafts";
        if (parsed.GetValue(cancel) is { } scheduled)
        {
            await client.WriteAsync<JsonElement>(HttpMethod.Delete, $"{drafts}/{scheduled:D}/schedule", [], null, "*", cancellation);
            return;
        }

        if (parsed.GetValue(at) is not { } time)
        {
            throw new WrongUsageException("When? --at says it. (Or --cancel takes an item off the schedule.)");
        }

        var draft = parsed.GetValue(id) ?? Guid.CreateVersion7();
        var content = JsonSerializer.SerializeToNode(await fields.ReadAsync(parsed, parsed.GetRequiredValue(feed), client, cancellation), Wire.Json)!.AsObject();
        await client.WriteAsync<JsonElement>(HttpMethod.Put, $"{drafts}/{draft:D}", content, null, null, cancellation);
        try
        {
            await client.WriteAsync<JsonElement>(
                HttpMethod.Put, $"{drafts}/{draft:D}/schedule", new JsonObject { ["at"] = Rfc3339.Format(time) }, null, "*", cancellation);
        }
        catch (RefusedException)
        {
            // Nothing half done is left behind.
            await client.WriteAsync<JsonElement>(HttpMethod.Delete, $"{drafts}/{draft:D}", [], null, "*", cancellation);
            throw;
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{draft:D}");
    }
}
