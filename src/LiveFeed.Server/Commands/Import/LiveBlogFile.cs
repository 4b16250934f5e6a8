using System.Text;
using System.Text.RegularExpressions;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands.Import;

/// <summary>
/// A live blog's export: <c>{title, language, source, canonicalUrl, keyEvents, blocks}</c>. A block that was changed more than a
/// minute after it was published becomes two steps, a publication and an edit, so that readers see "Updated" as they did then.
/// The file holds only the last text, so both steps carry it.
/// </summary>
internal static partial class LiveBlogFile
{
    private static readonly TimeSpan TidyingUp = TimeSpan.FromMinutes(1);

    public static ImportPlan Read(JsonPlace root, string feed)
    {
        var keyEvents = root.List("keyEvents").Select(place => place.RequiredText("id")).ToHashSet();
        var source = root.Text("source") is { } name ? new EntrySource(name, root.Text("canonicalUrl")) : null;
        var steps = root.List("blocks").SelectMany(block => Steps(block, feed, source, keyEvents)).ToList();
        return new(root.Text("title"), root.Text("language"), steps, []);
    }

    private static IEnumerable<ImportStep> Steps(JsonPlace block, string feed, EntrySource? source, HashSet<string> keyEvents)
    {
        var id = block.RequiredText("id");
        var name = $"{block.Name} ({id})";
        var published = block.Time("publishedAt") ?? block.Time("createdAt") ?? throw new BadFileException($"{name} has no publishedAt.");
        var (image, html) = Content(block);
        var fields = new EntryFields
        {
            Kind = block.Flag("summary") ? EntryKind.Summary : image is not null && html.Length == 0 ? EntryKind.Media : EntryKind.Update,
            Headline = block.Text("title"),
            Body = html.Length > 0 ? html : null,
            BodyFormat = html.Length > 0 ? BodyFormat.Html : null,
            Byline = string.Join(", ", block.List("contributors").Select(Contributor)) is { Length: > 0 } names ? names : null,
            Source = source,
            Image = image,
            Pinned = block.Flag("pinned") ? true : null,
            KeyEvent = block.Flag("keyEvent") || keyEvents.Contains(id) ? true : null,
        };
        var publish = new SubmitEntry
        {
            SubmissionId = StableId.Of(feed, id, "publish", Content(fields)),
            EntryId = StableId.Of(feed, id),
            Feed = feed,
            Action = EntryAction.Publish,
            Fields = fields,
            PublishedAt = published,
        };
        yield return new(published, name, publish);

        if (block.Time("updatedAt") is { } updated && updated > published + TidyingUp)
        {
            yield return new(updated, name, publish with
            {
                SubmissionId = StableId.Of(feed, id, "edit", Content(fields)),
                Action = EntryAction.Edit,
                Fields = new() { Headline = fields.Headline, Body = fields.Body, BodyFormat = fields.BodyFormat, Image = fields.Image },
                PublishedAt = null,
            });
        }
    }

    private static (EntryImage? Image, string Html) Content(JsonPlace block)
    {
        EntryImage? first = null;
        var html = new StringBuilder();
        foreach (var element in block.List("elements"))
        {
            // The first picture is the entry's own, if it stands first: further ones belong to the text around them.
            if (element.RequiredText("type") is "image" && first is null && html.Length == 0)
            {
                first = Image(element);
                continue;
            }

            html.Append(Element(element));
        }

        return (first, html.ToString());
    }

    private static string Element(JsonPlace element) => element.RequiredText("type") switch
    {
        "text" => element.RequiredText("html"),
        "image" => Html.Figure(Image(element)),
        "tweet" => Tweet(element),
        "youtube" when VideoId().IsMatch(element.RequiredText("id")) =>
            Html.Link($"https://www.youtube.com/watch?v={element.Text("id")}", element.Text("title") ?? "YouTube"),
        "link" => Html.Link(element.RequiredText("url"), element.Text("title") ?? element.Text("text") ?? element.RequiredText("url")),
        "youtube" => throw new BadFileException($"{element.Name}.id is '{element.Text("id")}', which is no YouTube video's."),
        var type => throw new BadFileException($"{element.Name}.type is '{type}'; text, image, tweet, youtube and link are known."),
    };

    // A quote with its link stands on its own; the script that would make it a widget isn't let through anyway.
    private static string Tweet(JsonPlace element) =>
        element.Text("html") is { } html ? (html.Contains("<blockquote", StringComparison.OrdinalIgnoreCase) ? html : $"<blockquote>{html}</blockquote>")
        : $"<blockquote>{Html.Link(element.RequiredText("url"), element.RequiredText("url"))}</blockquote>";

    private static EntryImage Image(JsonPlace element) => new()
    {
        Url = element.RequiredText("url"),
        Alt = element.Text("alt"),
        Caption = element.Text("caption"),
        Credit = element.Text("credit"),
        Width = element.Number("width"),
        Height = element.Number("height"),
    };

    private static string Contributor(JsonPlace place) =>
        place.Json.ValueKind is System.Text.Json.JsonValueKind.String ? place.Json.GetString()! : place.Text("name") ?? place.RequiredText("byline");

    private static string Content(EntryFields fields) => System.Text.Json.JsonSerializer.Serialize(fields, Wire.Json);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex VideoId();
}
