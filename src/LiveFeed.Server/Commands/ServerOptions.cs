using System.CommandLine;

namespace LiveFeed.Server.Commands;

/// <summary>Which server a command speaks to, and as whom: <c>--server</c> and <c>--key</c>, or the environment.</summary>
internal sealed class ServerOptions
{
    private readonly Option<string> server = new("--server")
    {
        Description = "The server's address; LIVEFEED_SERVER, or http://localhost:5080, unless given.",
        HelpName = "URL",
        DefaultValueFactory = _ => FromEnvironment("LIVEFEED_SERVER") ?? "http://localhost:5080",
    };

    private readonly Option<string?> key = new("--key")
    {
        Description = "The API key; LIVEFEED_KEY unless given (others on this machine can read a command line).",
        HelpName = "KEY",
        DefaultValueFactory = _ => FromEnvironment("LIVEFEED_KEY"),
    };

    private ServerOptions()
    {
    }

    public static ServerOptions AddTo(Command command)
    {
        var options = new ServerOptions();
        command.Options.Add(options.server);
        command.Options.Add(options.key);
        return options;
    }

    /// <summary>The server's address, ending in a slash.</summary>
    public Uri Server(ParseResult parsed)
    {
        var given = parsed.GetRequiredValue(server);
        return Uri.TryCreate(given.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new WrongUsageException($"'{given}' is no address of a server; one looks like http://localhost:5080.");
    }

    public NewsroomClient Connect(ParseResult parsed)
    {
        var secret = parsed.GetValue(key);
        // HTTP's headers can't carry anything else (RFC 9110, 5.5). A key read from a file of Windows' ends in a carriage return.
        return secret is null || secret.All(c => c is >= ' ' and <= '~') ? new(Server(parsed), secret, TimeProvider.System)
            : throw new WrongUsageException("The API key holds a line break, or a character that is no ASCII; no key has such. It comes from --key or LIVEFEED_KEY.");
    }

    /// <summary>What the command does: it runs against the server, and has done its work when it returns.</summary>
    public void SetAction(Command command, Func<ParseResult, NewsroomClient, CancellationToken, Task> run) => command.SetAction(async (parsed, cancellation) =>
    {
        using var client = Connect(parsed);
        await run(parsed, client, cancellation);
        return 0;
    });

    private static string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
