using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands.Import;

/// <summary>
/// Carries a plan out, one step after the other, and stops at the first refusal. What was imported before is left as it is: ids
/// and Idempotency-Keys follow from the file, and an edit is made only while nobody else has changed the entry.
/// </summary>
internal sealed class Importer(NewsroomClient client, TimeProvider clock, TextWriter output)
{
    private readonly Dictionary<Guid, int> revisions = [];

    /// <summary>Does it.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="speed">How many times as fast as the story went; null for at once.</param>
    /// <param name="cancellation">Stops it between two steps.</param>
    /// <exception cref="CommandFailedException">A step was refused or failed; says how many were done.</exception>
    public async Task RunAsync(ImportPlan plan, double? speed, CancellationToken cancellation)
    {
        var started = clock.GetUtcNow();
        for (var done = 0; done < plan.Steps.Count; done++)
        {
            var step = plan.Steps[done];
            try
            {
                await WaitAsync(speed is { } times ? started + ((step.At - plan.Steps[0].At) / times) : started, cancellation);
                var outcome = await CarryOutAsync(step.Submission, cancellation);
                await output.WriteLineAsync($"{done + 1}/{plan.Steps.Count}  {outcome}  {Terminal.Line(step.Submission.Fields.Headline ?? step.Name)}");
            }
            catch (CommandFailedException failed)
            {
                throw new CommandFailedException($"{Terminal.Line(step.Name)}: {failed.Message} {HowFar(done, plan)}");
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                throw new CommandFailedException($"Stopped. {HowFar(done, plan)}");
            }
        }

        await output.WriteLineAsync($"Done: {plan.Steps.Count} of {plan.Steps.Count}. Importing the file again changes nothing.");
    }

    private static string HowFar(int done, ImportPlan plan) =>
        $"{done} of {plan.Steps.Count} were done; importing the file again leaves those as they are and goes on.";

    private async Task WaitAsync(DateTimeOffset due, CancellationToken cancellation)
    {
        while (due - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left > TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : left, clock, cancellation);
        }
    }

    private async Task<string> CarryOutAsync(SubmitEntry submission, CancellationToken cancellation)
    {
        try
        {
            var (entry, outcome) = submission.Action switch
            {
                EntryAction.Publish => await PublishAsync(submission, cancellation),
                EntryAction.Retract => (await client.RetractAsync(submission, cancellation), "withdrawn"),
                _ => (await client.EditAsync(submission, revisions.GetValueOrDefault(submission.EntryId, 1), cancellation), "edited"),
            };
            revisions[submission.EntryId] = entry.Revision;
            return outcome;
        }
        catch (RefusedException refused) when (refused.Kind is "conflict" && submission.Action is EntryAction.Edit)
        {
            return "left as it is (changed since)";
        }
        catch (RefusedException refused) when (refused.Kind is "retracted")
        {
            return "left as it is (withdrawn)";
        }
        catch (RefusedException refused) when (refused.Kind is "unknown-entry" && submission.Action is EntryAction.Retract)
        {
            return "nothing to withdraw";
        }
    }

    private async Task<(Entry Entry, string Outcome)> PublishAsync(SubmitEntry submission, CancellationToken cancellation)
    {
        try
        {
            return (await client.PublishAsync(submission, cancellation), "published");
        }
        catch (RefusedException refused) when (refused.Kind is "entry-exists")
        {
            // Another file brought an earlier version of it: this one is a change of that.
            var edit = submission with { SubmissionId = StableId.Of(submission.Feed, submission.SubmissionId.ToString(), "edit"), Action = EntryAction.Edit };
            return (await client.EditAsync(edit, null, cancellation), "edited");
        }
    }
}
