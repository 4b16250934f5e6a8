using System.CommandLine;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands;

/// <summary><c>edit</c>, <c>correct</c> and <c>retract FEED ENTRY</c>: change what is on the air.</summary>
internal sealed class ChangeCommand
{
    private readonly EntryAction action;
    private readonly Argument<string> feed = FeedCommand.Slug();
    private readonly Argument<Guid> entry = new("entry") { Description = "The entry's id, a UUID.", HelpName = "ENTRY" };
    private readonly Option<Guid?> id = new("--id") { Description = "An id for this change, a UUID. The same command with the same id can be run again: it happens once.", HelpName = "UUID" };
    private readonly Option<int?> revision = new("--revision") { Description = "The revision that you saw; refused when the entry has changed since. Any, unless said." };
    private readonly Option<bool> minor = new("--minor") { Description = "Too small a change for an \"Updated\" mark." };
    private readonly Option<string?> note = new("--note") { Description = "What readers are told." };
    private readonly Option<string[]> clear = new("--clear") { Description = "A field to empty, such as link; may be given again.", HelpName = "FIELD" };
    private readonly FieldOptions? fields;
    private readonly Receipt receipt;

    private ChangeCommand(Command command, EntryAction action)
    {
        this.action = action;
        command.Add(feed);
        command.Add(entry);
        if (action is not EntryAction.Retract)
        {
            fields = new(command);
            command.Add(clear);
            command.Add(revision);
        }

        command.Add(action is EntryAction.Edit ? minor : note);
        note.Required = action is EntryAction.Correct;
        command.Add(id);
        receipt = new(command);
    }

    public static Command Edit() => Create("edit", "Changes an item.", EntryAction.Edit);

    public static Command Correct() => Create("correct", "Corrects an item, and says in public what was wrong.", EntryAction.Correct);

    public static Command Retract() => Create("retract", "Takes an item off the air for good.", EntryAction.Retract);

    private static Command Create(string name, string description, EntryAction action)
    {
        var command = new Command(name, description);
        var change = new ChangeCommand(command, action);
        ServerOptions.AddTo(command).SetAction(command, change.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult parsed, NewsroomClient client, CancellationToken cancellation)
    {
        var given = fields is null ? new EntryFields() : await fields.ReadAsync(parsed, parsed.GetRequiredValue(feed), client, cancellation);
        var seen = fields is null ? null : parsed.GetValue(revision);
        var submission = new SubmitEntry
        {
            SubmissionId = parsed.GetValue(id) ?? Guid.CreateVersion7(),
            EntryId = parsed.GetRequiredValue(entry),
            Feed = parsed.GetRequiredValue(feed),
            Action = action,
            Fields = given with { Clear = parsed.GetValue(clear) is { Length: > 0 } names ? names : null },
            ExpectedRevision = seen,
            Note = action is EntryAction.Edit ? null : parsed.GetValue(note),
            Minor = action is EntryAction.Edit && parsed.GetValue(minor),
        };
        await receipt.SubmitAsync(parsed, submission, parsed.GetValue(id) is null, action switch
        {
            EntryAction.Edit => (change, stop) => client.EditAsync(change, seen, stop),
            EntryAction.Correct => (change, stop) => client.CorrectAsync(change, seen, stop),
            _ => client.RetractAsync,
        }, cancellation);
    }
}
