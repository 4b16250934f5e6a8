using System.CommandLine;
using System.Text.Json;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands;

/// <summary><c>post FEED</c>: puts an item on the air and says its id and seq.</summary>
internal sealed class PostCommand
{
    private readonly Argument<string> feed = FeedCommand.Slug();
    private readonly Option<Guid?> id = new("--id") { Description = "The entry's id, a UUID. The same command with the same id can be run again: it happens once.", HelpName = "UUID" };
    private readonly Option<string?> headline = new("--headline") { Description = "One line." };
    private readonly Option<string> kind = new("--kind") { Description = "update, breaking, quote, fact, media or summary.", DefaultValueFactory = _ => "update" };
    private readonly Option<string?> body = new("--body") { Description = "The text, in Markdown; - reads it from standard input." };
    private readonly Option<string?> file = new("--file") { Description = "A file with the text; - is standard input.", HelpName = "FILE" };
    private readonly Option<bool> html = new("--html") { Description = "The text is HTML." };
    private readonly Option<string?> byline = new("--byline") { Description = "Who wrote it." };
    private readonly Option<string?> sourceName = new("--source-name") { Description = "Whose report it is." };
    private readonly Option<string?> sourceUrl = new("--source-url") { Description = "Where that is." };
    private readonly Option<string?> link = new("--link") { Description = "Where to read on." };
    private readonly Option<string[]> tags = new("--tag") { Description = "A word to filter by; may be given again." };
    private readonly Option<bool> pin = new("--pin") { Description = "Above all others." };
    private readonly Option<bool> keyEvent = new("--key-event") { Description = "A turning point of the story." };
    private readonly Option<string?> imageUrl = new("--image-url") { Description = "The picture's address." };
    private readonly Option<string?> imageAlt = new("--image-alt") { Description = "What it shows, for those who can't see it." };
    private readonly Option<string?> imageCaption = new("--image-caption") { Description = "The text below it." };
    private readonly Option<string?> imageCredit = new("--image-credit") { Description = "Who made it." };
    private readonly Option<int?> imageWidth = new("--image-width") { Description = "Pixels." };
    private readonly Option<int?> imageHeight = new("--image-height") { Description = "Pixels." };
    private readonly Option<bool> json = new("--json") { Description = "Prints the whole entry as JSON." };

    private PostCommand()
    {
        kind.AcceptOnlyFromAmong([.. Enum.GetNames<EntryKind>().Select(name => name.ToLowerInvariant())]);
    }

    public static Command Create()
    {
        var post = new PostCommand();
        var command = new Command("post", "Puts an item on the air.")
        {
            post.feed, post.headline, post.kind, post.body, post.file, post.html, post.byline, post.sourceName, post.sourceUrl, post.link,
            post.tags, post.pin, post.keyEvent, post.imageUrl, post.imageAlt, post.imageCaption, post.imageCredit, post.imageWidth,
            post.imageHeight, post.id, post.json,
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
        var entryId = parsed.GetValue(id) ?? Guid.CreateVersion7();
        var submission = new SubmitEntry
        {
            SubmissionId = entryId,
            EntryId = entryId,
            Feed = parsed.GetRequiredValue(feed),
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
                parsed.GetValue(json) ? JsonSerializer.Serialize(entry, Wire.Json) : $"{entry.Id:D} {entry.Seq}");
        }
        catch (CommandFailedException failed) when (failed is not RefusedException && parsed.GetValue(id) is null)
        {
            throw new CommandFailedException($"{failed.Message} The id is {entryId:D}.");
        }
    }

    private async Task<EntryFields> FieldsAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (source, picture) = (parsed.GetValue(sourceName), parsed.GetValue(imageUrl));
        if (source is null && parsed.GetValue(sourceUrl) is not null)
        {
            throw new WrongUsageException("--source-url needs --source-name.");
        }

        if (picture is null && (new[] { imageAlt, imageCaption, imageCredit }.Any(option => parsed.GetValue(option) is not null)
            || new[] { imageWidth, imageHeight }.Any(option => parsed.GetValue(option) is not null)))
        {
            throw new WrongUsageException("What is said about an image needs --image-url.");
        }

        return new EntryFields
        {
            Headline = parsed.GetValue(headline),
            Kind = Enum.Parse<EntryKind>(parsed.GetRequiredValue(kind), ignoreCase: true),
            Body = await BodyAsync(parsed, cancellation),
            BodyFormat = parsed.GetValue(html) ? BodyFormat.Html : null,
            Byline = parsed.GetValue(byline),
            Source = source is null ? null : new(source, parsed.GetValue(sourceUrl)),
            Link = parsed.GetValue(link),
            Tags = parsed.GetValue(tags) is { Length: > 0 } words ? words : null,
            Pinned = parsed.GetValue(pin) ? true : null,
            KeyEvent = parsed.GetValue(keyEvent) ? true : null,
            Image = picture is null ? null : new()
            {
                Url = picture,
                Alt = parsed.GetValue(imageAlt),
                Caption = parsed.GetValue(imageCaption),
                Credit = parsed.GetValue(imageCredit),
                Width = parsed.GetValue(imageWidth),
                Height = parsed.GetValue(imageHeight),
            },
        };
    }

    private async Task<string?> BodyAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (text, name) = (parsed.GetValue(body), parsed.GetValue(file));
        if (text is not null && name is not null)
        {
            throw new WrongUsageException("The text comes from --body or from --file, not from both.");
        }

        return text == "-" || name is not null ? await TextFile.ReadAsync(name ?? "-", cancellation) : text;
    }
}
