using System.CommandLine;
using System.Text.Json;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands;

/// <summary>Submits something and says what came of it: the entry's id and seq, or with <c>--json</c> all of it.</summary>
internal sealed class Receipt
{
    private readonly Option<bool> json = new("--json") { Description = "Prints the whole entry as JSON." };

    /// <summary>Adds the option to a command.</summary>
    public Receipt(Command command) => command.Add(json);

    /// <param name="parsed">The command line.</param>
    /// <param name="submission">What is submitted.</param>
    /// <param name="isNew">Whether its id was made just now: who is to run the command again must learn it.</param>
    /// <param name="submit">How it goes to the server.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CommandFailedException">It breaks a rule, was refused, or it isn't known what became of it.</exception>
    public async Task SubmitAsync(
        ParseResult parsed, SubmitEntry submission, bool isNew, Func<SubmitEntry, CancellationToken, Task<Entry>> submit, CancellationToken cancellation)
    {
        if (EntryRules.Check(submission, TimeProvider.System.GetUtcNow()) is { } broken)
        {
            throw new CommandFailedException(broken.Rule);
        }

        try
        {
            var entry = await submit(submission, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(json) ? JsonSerializer.Serialize(entry, Wire.Json) : $"{entry.Id:D} {entry.Seq}");
        }
        catch (CommandFailedException failed) when (failed is not RefusedException && isNew)
        {
            throw new CommandFailedException($"{failed.Message} The id is {submission.SubmissionId:D}.");
        }
    }
}
