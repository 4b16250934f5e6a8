using System.CommandLine;
using LiveFeed.Contracts;
using LiveFeed.Server.Commands.Import;

namespace LiveFeed.Server.Commands;

/// <summary><c>import FILE --feed NAME</c>: publishes what a live blog's export or a wire's ninjs file holds.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A live blog ({title, blocks: …}), a ninjs 2 or 3 item, or a list of those; - is standard input." };
        var feed = new Option<string>("--feed") { Description = "The feed to publish to.", Required = true, HelpName = "NAME" };
        feed.Validators.Add(result =>
        {
            if (EntryRules.CheckSlug("--feed", result.GetValueOrDefault<string>()) is { } broken)
            {
                result.AddError(broken.Rule);
            }
        });
        var speed = new Option<double?>("--speed") { Description = "Publishes as the story went, this many times as fast; at once unless given.", HelpName = "TIMES" };
        speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (> 0 and <= 1_000_000))
            {
                result.AddError("--speed is a number above 0: 1 is the pace of the story itself, 60 a minute in a second.");
            }
        });
        var create = new Option<bool>("--create") { Description = "Creates the feed, if there is none, in the file's language." };
        var command = new Command("import", "Publishes the items of a file, the oldest first. Doing it again changes nothing.") { file, feed, speed, create };
        var server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var plan = ImportFile.Read(await TextFile.ReadAsync(parsed.GetRequiredValue(file), cancellation), parsed.GetRequiredValue(feed), TimeProvider.System.GetUtcNow());
            foreach (var note in plan.Notes)
            {
                await errors.WriteLineAsync(Terminal.Line(note));
            }

            using var client = server.Connect(parsed);
            if (parsed.GetValue(create))
            {
                await CreateFeedAsync(client, parsed.GetRequiredValue(feed), plan, output, cancellation);
            }

            await new Importer(client, TimeProvider.System, output).RunAsync(plan, parsed.GetValue(speed), cancellation);
            return 0;
        });
        return command;
    }

    private static async Task CreateFeedAsync(NewsroomClient client, string feed, ImportPlan plan, TextWriter output, CancellationToken cancellation)
    {
        try
        {
            await FeedCommand.CreateAsync(client, feed, plan.Title, plan.Language, null, cancellation);
            await output.WriteLineAsync($"Created the feed {feed}.");
        }
        catch (RefusedException exists) when (exists.Kind == "feed-exists")
        {
            // Wanted, if there is none.
        }
    }
}
