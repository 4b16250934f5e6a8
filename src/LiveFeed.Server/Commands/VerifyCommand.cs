using System.CommandLine;
using System.Globalization;
using LiveFeed.Archive.History;
using LiveFeed.Desk;

namespace LiveFeed.Server.Commands;

/// <summary><c>verify</c>: whether the feeds' logs have holes or repeats, and whether the audit log was tampered with.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var head = new Option<string>("--head")
        {
            Description = "SEQ:HASH, as an earlier run printed it: the row must still be there, unchanged.",
        };
        head.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && Parse(text) is null)
            {
                result.AddError("--head is SEQ:HASH, as 'livefeed verify' prints it.");
            }
        });
        var command = new Command("verify", "Checks the archive itself: no hole and no repeat in any feed's log, no broken row in the audit log.") { head };
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var faults = new List<string>();
            await OwnSettings.WithArchiveAsync(async services =>
            {
                var (feeds, changes, broken) = await services.GetRequiredService<LogCheck>().RunAsync(cancellation);
                faults.AddRange(broken);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{feeds} feeds with {changes} changes: {(broken.Count == 0 ? "whole" : "broken")}"));

                var log = services.GetRequiredService<AuditLog>();
                var check = await log.CheckAsync(cancellation);
                var kept = parsed.GetValue(head) is { } text ? Parse(text) : null;
                var fault = check.Fault ?? (kept is { } known && await HashAsync(log, known.Seq, cancellation) != known.Hash
                    ? string.Create(CultureInfo.InvariantCulture, $"row {known.Seq} isn't what it was: its hash was {known.Hash}") : null);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"audit log with {check.Rows} rows: {(fault is null ? "whole" : "broken")}, head {check.Rows}:{check.Head}"));
                if (fault is not null)
                {
                    faults.Add($"audit log: {fault}");
                }

                return 0;
            }, cancellation);
            foreach (var fault in faults)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(fault);
            }

            return faults.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static (long Seq, string Hash)? Parse(string text) =>
        text.Split(':') is [var seq, { Length: 64 } hash] && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, hash) : null;

    private static async Task<string?> HashAsync(AuditLog log, long seq, CancellationToken cancellation) =>
        (await log.ListAsync(seq + 1, 1, cancellation)) is [var row] && row.Seq == seq ? row.Hash : null;
}
