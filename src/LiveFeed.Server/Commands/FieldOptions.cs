using System.CommandLine;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands;

/// <summary>What can be said of an entry on the command line. What isn't given isn't set, or, in a change, stays.</summary>
internal sealed class FieldOptions
{
    private readonly Option<string?> headline = new("--headline") { Description = "One line." };
    private readonly Option<string?> kind = new("--kind") { Description = "update, breaking, quote, fact, media or summary." };
    private readonly Option<string?> body = new("--body") { Description = "The text, in Markdown; - reads it from standard input." };
    private readonly Option<string?> file = new("--file") { Description = "A file with the text; - is standard input.", HelpName = "FILE" };
    private readonly Option<bool> html = new("--html") { Description = "The text is HTML." };
    private readonly Option<string?> byline = new("--byline") { Description = "Who wrote it." };
    private readonly Option<string?> sourceName = new("--source-name") { Description = "Whose report it is." };
    private readonly Option<string?> sourceUrl = new("--source-url") { Description = "Where that is." };
    private readonly Option<string?> link = new("--link") { Description = "Where to read on." };
    private readonly Option<string[]> tags = new("--tag") { Description = "A word to filter by; may be given again." };
    private readonly Option<bool?> pin = new("--pin") { Description = "Above all others; with false, no more." };
    private readonly Option<bool?> keyEvent = new("--key-event") { Description = "A turning point of the story; with false, no more." };
    private readonly Option<string?> picture = new("--picture") { Description = "A file with the item's picture: JPEG, PNG, WebP or GIF. It is kept on the server; --image-alt says what it shows.", HelpName = "FILE" };
    private readonly Option<string?> imageUrl = new("--image-url") { Description = "The picture's address." };
    private readonly Option<string?> imageAlt = new("--image-alt") { Description = "What it shows, for those who can't see it." };
    private readonly Option<string?> imageCaption = new("--image-caption") { Description = "The text below it." };
    private readonly Option<string?> imageCredit = new("--image-credit") { Description = "Who made it." };
    private readonly Option<int?> imageWidth = new("--image-width") { Description = "Pixels." };
    private readonly Option<int?> imageHeight = new("--image-height") { Description = "Pixels." };

    /// <summary>Adds them to a command.</summary>
    public FieldOptions(Command command)
    {
        kind.AcceptOnlyFromAmong([.. Enum.GetNames<EntryKind>().Select(name => name.ToLowerInvariant())]);
        foreach (var option in new Option[]
        {
            headline, kind, body, file, html, byline, sourceName, sourceUrl, link, tags, pin, keyEvent, picture, imageUrl, imageAlt, imageCaption, imageCredit, imageWidth, imageHeight,
        })
        {
            command.Add(option);
        }
    }

    /// <summary>What was given. A picture is sent first: the entry names where it is kept.</summary>
    /// <exception cref="WrongUsageException">The options don't fit together.</exception>
    /// <exception cref="CommandFailedException">A file can't be read, or the server doesn't take the picture.</exception>
    public async Task<EntryFields> ReadAsync(ParseResult parsed, string feed, NewsroomClient client, CancellationToken cancellation)
    {
        var source = parsed.GetValue(sourceName);
        if (source is null && parsed.GetValue(sourceUrl) is not null)
        {
            throw new WrongUsageException("--source-url needs --source-name.");
        }

        return new EntryFields
        {
            Headline = parsed.GetValue(headline),
            Kind = parsed.GetValue(kind) is { } named ? Enum.Parse<EntryKind>(named, ignoreCase: true) : null,
            Body = await BodyAsync(parsed, cancellation),
            BodyFormat = parsed.GetValue(html) ? BodyFormat.Html : null,
            Byline = parsed.GetValue(byline),
            Source = source is null ? null : new(source, parsed.GetValue(sourceUrl)),
            Link = parsed.GetValue(link),
            Tags = parsed.GetValue(tags) is { Length: > 0 } words ? words : null,
            Pinned = parsed.GetValue(pin),
            KeyEvent = parsed.GetValue(keyEvent),
            Image = await ImageAsync(parsed, feed, client, cancellation),
        };
    }

    private async Task<EntryImage?> ImageAsync(ParseResult parsed, string feed, NewsroomClient client, CancellationToken cancellation)
    {
        var (file, url) = (parsed.GetValue(picture), parsed.GetValue(imageUrl));
        if (file is not null && (url is not null || parsed.GetValue(imageWidth) is not null || parsed.GetValue(imageHeight) is not null))
        {
            throw new WrongUsageException("--picture sends a picture; --image-url, --image-width and --image-height tell of one that is kept elsewhere.");
        }

        if (file is null && url is null && (new[] { imageAlt, imageCaption, imageCredit }.Any(option => parsed.GetValue(option) is not null)
            || new[] { imageWidth, imageHeight }.Any(option => parsed.GetValue(option) is not null)))
        {
            throw new WrongUsageException("What is said about an image needs --picture or --image-url.");
        }

        if (file is not null && string.IsNullOrWhiteSpace(parsed.GetValue(imageAlt)))
        {
            throw new WrongUsageException("--picture needs --image-alt: what it shows, for those who can't see it.");
        }

        if (file is null && url is null)
        {
            return null;
        }

        var kept = file is null ? null : await client.SendPictureAsync(feed, await PictureFile.ReadAsync(file, cancellation), cancellation);
        return new()
        {
            Url = kept?.Url ?? url!,
            Alt = parsed.GetValue(imageAlt),
            Caption = parsed.GetValue(imageCaption),
            Credit = parsed.GetValue(imageCredit),
            Width = kept?.Width ?? parsed.GetValue(imageWidth),
            Height = kept?.Height ?? parsed.GetValue(imageHeight),
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
