using System.CommandLine;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands;

/// <summary><c>post FEED</c>: puts an item on the air and says its id and seq.</summary>
internal sealed class PostCommand
{
    private readonly Argument<string> feed = FeedCommand.Slug();
    private readonly Option<Guid?> id = new("--id") { Description = "The entry's id, a UUID. The same command with the same id can be run again: it happens once.", HelpName = "UUID" };
    private readonly Receipt receipt;
    private readonly FieldOptions fields;

    private PostCommand(Command command)
    {
        command.Add(feed);
        fields = new(command);
        command.Add(id);
        receipt = new(command);
    }

    public static Command Create()
    {
        var command = new Command("post", "Puts an item on the air.");
        var post = new PostCommand(command);
        ServerOptions.AddTo(command).SetAction(command, post.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult parsed, NewsroomClient client, CancellationToken cancellation)
    {
        var entryId = parsed.GetValue(id) ?? Guid.CreateVersion7();
        var submission = new SubmitEntry
        {
            SubmissionId = entryId,
            EntryId = entryId,
            Feed = parsed.GetRequiredValue(feed),
            Action = EntryAction.Publish,
            Fields = await fields.ReadAsync(parsed, parsed.GetRequiredValue(feed), client, cancellation),
        };
        await receipt.SubmitAsync(parsed, submission, parsed.GetValue(id) is null, client.PublishAsync, cancellation);
    }
}
