using System.CommandLine;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Desk;

namespace LiveFeed.Server.Commands;

/// <summary><c>audit export</c>: the audit log, a JSON object a line.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var export = new Command("export", "Writes the audit log to the standard output, a JSON object a line, the first row first.");
        export.SetAction(async (parsed, cancellation) => await OwnSettings.WithArchiveAsync(async services =>
        {
            await foreach (var row in services.GetRequiredService<AuditLog>().AllAsync(cancellation))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(row, Wire.Json));
            }

            return 0;
        }, cancellation));
        return new Command("audit", "Hands out the audit log, from the archive itself.") { export };
    }
}
