using System.CommandLine;
using System.CommandLine.Help;

namespace LiveFeed.Server.Commands;

/// <summary>
/// The command line. Exit codes: 0 done, 1 refused or failed (why, on standard error), 2 wrong usage. A new command is one class
/// beside this one and one line in <see cref="Commands"/>.
/// </summary>
public static class CommandLine
{
    /// <summary>True when the arguments are a command's, and not the server's own.</summary>
    public static bool Takes(string[] args) =>
        args is [var first, ..] && (first is "--help" or "-h" or "-?" or "--version" || Commands().Any(command => command.Name == first));

    /// <summary>Runs a command; the exit code.</summary>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellation = default)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            foreach (var error in parsed.Errors)
            {
                await errors.WriteLineAsync(error.Message);
            }

            await errors.WriteLineAsync($"'livefeed {string.Join(' ', parsed.CommandResult.Path())} --help' says more.".Replace("  ", " ", StringComparison.Ordinal));
            return 2;
        }

        // Ctrl+C asks a command to end; it gets a moment to say how far it came.
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (WrongUsageException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
            return 2;
        }
        catch (CommandFailedException failed)
        {
            await errors.WriteLineAsync(failed.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Stopped.");
            return 1;
        }
    }

    private static IReadOnlyList<Command> Commands() =>
    [
        FeedCommand.Create(),
        PostCommand.Create(),
        ChangeCommand.Edit(),
        ChangeCommand.Correct(),
        ChangeCommand.Retract(),
        ScheduleCommand.Create(),
        TailCommand.Create(),
        ImportCommand.Create(),
        KeyCommand.Create(),
        PersonCommand.Create(),
        ErrorsCommand.Create(),
        AuditCommand.Create(),
        VerifyCommand.Create(),
    ];

    private static Command Root()
    {
        var root = new Command("livefeed", "A live news ticker. Without a command it serves; these speak to a server that runs.")
        {
            new HelpOption { Recursive = true },
            new VersionOption(),
        };
        foreach (var command in Commands())
        {
            root.Add(command);
        }

        return root;
    }

    private static IEnumerable<string> Path(this System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? parent.Path().Append(command.Command.Name) : [];
}

/// <summary>A command was refused or failed; the message is for whoever ran it.</summary>
internal class CommandFailedException(string message) : Exception(message);

/// <summary>The arguments don't fit together.</summary>
internal sealed class WrongUsageException(string message) : Exception(message);
