using System.CommandLine;
using System.Text.Json;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands;

/// <summary><c>post FEED</c>: puts an item on the air and says its id and seq.</summary>
internal sealed class PostCommand
{
    private readonly Argument<string> _feed = FeedCommand.Slug();
    private readonly Option<Guid?> _id = new("--id") { Description = "The entry's id, a UUID. The same command with the same id can be run again: it happens once.", HelpName = "UUID" };
    private readonly Option<string?> _headline = new("--headline") { Description = "One line." };
    private readonly Option<string> _kind = new("--kind") { Description = "update, breaking, quote, fact, media or summary.", DefaultValueFactory = _ => "update" };
    private readonly Option<string?> _body = new("--body") { Description = "The text, in Markdown; - reads it from standard input." };
    private readonly Option<string?> _file = new("--file") { Description = "A file with the text; - is standard input.", HelpName = "FILE" };
    private readonly Option<bool> _html = new("--html") { Description = "The text is HTML." };
    private readonly Option<string?> _byline = new("--byline") { Description = "Who wrote it." };
    private readonly Option<string?> _sourceName = new("--source-name") { Description = "Whose report it is." };
    private readonly Option<string?> _sourceUrl = new("--source-url") { Description = "Where that is." };
    private readonly Option<string?> _link = new("--link") { Description = "Where to read on." };
    private readonly Option<string[]> _tags = new("--tag") { Description = "A word to filter by; may be given again." };
    private readonly Option<bool> _pin = new("--pin") { Description = "Above all others." };
    private readonly Option<bool> _keyEvent = new("--key-event") { Description = "A turning point of the story." };
    private readonly Option<string?> _imageUrl = new("--image-url") { Description = "The picture's address." };
    private readonly Option<string?> _imageAlt = new("--image-alt") { Description = "What it shows, for those who can't see it." };
    private readonly Option<string?> _imageCaption = new("--image-caption") { Description = "The text below it." };
    private readonly Option<string?> _imageCredit = new("--image-credit") { Description = "Who made it." };
    private readonly Option<int?> _imageWidth = new("--image-width") { Description = "Pixels." };
    private readonly Option<int?> _imageHeight = new("--image-height") { Description = "Pixels." };
    private readonly Option<bool> _json = new("--json") { Description = "Prints the whole entry as JSON." };

    private PostCommand()
    {
        _kind.AcceptOnlyFromAmong([.. Enum.GetNames<EntryKind>().Select(name => name.ToLowerInvariant())]);
    }

    public static Command Create()
    {
        var post = new PostCommand();
        var command = new Command("post", "Puts an item on the air.")
        {
            post._feed, post._headline, post._kind, post._body, post._file, post._html, post._byline, post._sourceName, post._sourceUrl, post._link,
            post._tags, post._pin, post._keyEvent, post._imageUrl, post._imageAlt, post._imageCaption, post._imageCredit, post._imageWidth,
            post._imageHeight, post._id, post._json,
        };
        var server = ServerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = server.Connect(parsed);
            await post.RunAsync(parsed, client, cancellation);
            return 0;
        });
        return command;
    }

    private async Task RunAsync(ParseResult parsed, NewsroomClient client, CancellationToken cancellation)
    {
        var id = parsed.GetValue(_id) ?? Guid.CreateVersion7();
        var submission = new SubmitEntry
        {
            SubmissionId = id,
            EntryId = id,
            Feed = parsed.GetRequiredValue(_feed),
            Action = EntryAction.Publish,
            Fields = await FieldsAsync(parsed, cancellation),
        };
        if (EntryRules.Check(submission, TimeProvider.System.GetUtcNow()) is { } broken)
        {
            throw new CommandFailedException(broken.Rule);
        }

        try
        {
            var entry = await client.PublishAsync(submission, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(_json) ? JsonSerializer.Serialize(entry, Wire.Json) : $"{entry.Id:D} {entry.Seq}");
        }
        catch (CommandFailedException failed) when (failed is not RefusedException && parsed.GetValue(_id) is null)
        {
            throw new CommandFailedException($"{failed.Message} The id is {id:D}.");
        }
    }

    private async Task<EntryFields> FieldsAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (sourceName, imageUrl) = (parsed.GetValue(_sourceName), parsed.GetValue(_imageUrl));
        if (sourceName is null && parsed.GetValue(_sourceUrl) is not null)
        {
            throw new WrongUsageException("--source-url needs --source-name.");
        }

        if (imageUrl is null && (new[] { _imageAlt, _imageCaption, _imageCredit }.Any(option => parsed.GetValue(option) is not null)
            || new[] { _imageWidth, _imageHeight }.Any(option => parsed.GetValue(option) is not null)))
        {
            throw new WrongUsageException("What is said about an image needs --image-url.");
        }

        return new EntryFields
        {
            Headline = parsed.GetValue(_headline),
            Kind = Enum.Parse<EntryKind>(parsed.GetRequiredValue(_kind), ignoreCase: true),
            Body = await BodyAsync(parsed, cancellation),
            BodyFormat = parsed.GetValue(_html) ? BodyFormat.Html : null,
            Byline = parsed.GetValue(_byline),
            Source = sourceName is null ? null : new(sourceName, parsed.GetValue(_sourceUrl)),
            Link = parsed.GetValue(_link),
            Tags = parsed.GetValue(_tags) is { Length: > 0 } tags ? tags : null,
            Pinned = parsed.GetValue(_pin) ? true : null,
            KeyEvent = parsed.GetValue(_keyEvent) ? true : null,
            Image = imageUrl is null ? null : new()
            {
                Url = imageUrl,
                Alt = parsed.GetValue(_imageAlt),
                Caption = parsed.GetValue(_imageCaption),
                Credit = parsed.GetValue(_imageCredit),
                Width = parsed.GetValue(_imageWidth),
                Height = parsed.GetValue(_imageHeight),
            },
        };
    }

    private async Task<string?> BodyAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (body, file) = (parsed.GetValue(_body), parsed.GetValue(_file));
        if (body is not null && file is not null)
        {
            throw new WrongUsageException("The text comes from --body or from --file, not from both.");
        }

        return body == "-" || file is not null ? await TextFile.ReadAsync(file ?? "-", cancellation) : body;
    }
}
