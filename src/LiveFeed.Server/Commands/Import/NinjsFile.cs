using System.Text.RegularExpressions;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands.Import;

/// <summary>
/// News items in ninjs 2 and 3 (IPTC), and what of ninjs 1 differs only in names. Versions of one <c>uri</c> are states of one
/// entry: the first is published, later ones are edits, a cancelled one is a retraction.
/// </summary>
internal static class NinjsFile
{
    private static readonly Dictionary<string, EntryKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["picture"] = EntryKind.Media,
        ["graphic"] = EntryKind.Media,
        ["video"] = EntryKind.Media,
        ["audio"] = EntryKind.Media,
    };

    public static ImportPlan Read(IReadOnlyList<JsonPlace> items, string feed)
    {
        var notes = new List<string>();
        var steps = items
            .Where(item => IsForReaders(item, notes))
            .GroupBy(item => item.RequiredText("uri"))
            .SelectMany(versions => Steps(versions.Key, [.. versions.OrderBy(Version).ThenBy(VersionTime)], feed))
            .ToList();
        return new(null, items.Select(item => item.Text("language")).FirstOrDefault(language => language is not null), steps, notes);
    }

    private static bool IsForReaders(JsonPlace item, List<string> notes)
    {
        var embargo = item.Text("pubStatus")?.ToLowerInvariant() is "withheld";
        if (embargo)
        {
            notes.Add($"{item.Name} ({item.Text("uri")}) is withheld, and left out.");
        }

        return !embargo;
    }

    private static IEnumerable<ImportStep> Steps(string uri, List<JsonPlace> versions, string feed)
    {
        var published = false;
        foreach (var item in versions)
        {
            var cancelled = item.Text("pubStatus")?.ToLowerInvariant() is "canceled" or "cancelled";
            var action = cancelled ? EntryAction.Retract : published ? EntryAction.Edit : EntryAction.Publish;
            var at = (action is EntryAction.Publish ? item.Time("firstCreated") : null) ?? VersionTime(item);
            var fields = cancelled ? new EntryFields() : Fields(item);
            var submission = new SubmitEntry
            {
                SubmissionId = StableId.Of(
                    feed, uri, action.ToString(), Version(item).ToString(System.Globalization.CultureInfo.InvariantCulture),
                    System.Text.Json.JsonSerializer.Serialize(fields, Wire.Json)),
                EntryId = StableId.Of(feed, uri),
                Feed = feed,
                Action = action,
                Fields = fields,
                PublishedAt = action is EntryAction.Publish ? at : null,
            };
            yield return new(at, $"{item.Name} ({uri})", submission);
            if (cancelled)
            {
                yield break;
            }

            published = true;
        }
    }

    private static int Version(JsonPlace item) => item.Number("version") ?? 0;

    private static DateTimeOffset VersionTime(JsonPlace item) =>
        item.Time("versionCreated") ?? item.Time("firstCreated") ?? throw new BadFileException($"{item.Name} ({item.Text("uri")}) has no versionCreated.");

    private static EntryFields Fields(JsonPlace item)
    {
        var kind = Kinds.GetValueOrDefault(item.Text("type") ?? "", EntryKind.Update);
        var headline = Role(item.List("headlines"), "main") ?? item.Text("headline") ?? item.Text("title");
        var image = NinjsPictures.Of(item, isPicture: kind is EntryKind.Media);
        var body = Body(item, headline) ?? (image?.Caption is null || image.Caption != Description(item) ? Paragraphs(Description(item)) : null);
        return new()
        {
            // Urgency runs from 1, the most urgent, to 9.
            Kind = item.Number("urgency") is 1 or 2 ? EntryKind.Breaking : kind,
            Headline = headline,
            Body = body,
            BodyFormat = body is null ? null : BodyFormat.Html,
            Byline = item.Text("by") ?? item.Text("byline"),
            Source = (item.Text("copyrightHolder") ?? InfoSource(item)) is { } name ? new EntrySource(name) : null,
            Image = image,
            Tags = Tags(item),
        };
    }

    private static string? Body(JsonPlace item, string? headline)
    {
        var bodies = item.List("bodies").ToList();
        var html = Value(bodies.FirstOrDefault(body => body.Json.ValueKind is not default(System.Text.Json.JsonValueKind) && IsHtml(body)))
            ?? item.Text("body_html") ?? item.Text("body_xhtml");
        if (html is not null)
        {
            return WithoutHeadline(html, headline);
        }

        return Paragraphs(Value(bodies.FirstOrDefault(body => body.Json.ValueKind is not default(System.Text.Json.JsonValueKind) && IsText(body))) ?? item.Text("body_text"));
    }

    private static string? Value(JsonPlace body) => body.Name is null ? null : body.Text("value");

    private static bool IsHtml(JsonPlace body) => body.Text("contentType")?.Contains("html", StringComparison.OrdinalIgnoreCase) ?? body.Text("role")?.Contains("html", StringComparison.OrdinalIgnoreCase) ?? false;

    private static bool IsText(JsonPlace body) => body.Text("contentType") is null or "text/plain";

    // Some wires repeat the headline on top of the text.
    private static string WithoutHeadline(string html, string? headline) => headline is null ? html
        : Regex.Replace(html, $@"<h1[^<>]*>\s*{Regex.Escape(Html.Escape(headline))}\s*</h1>", "", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private static string? Paragraphs(string? text) => text is null ? null : Html.Paragraphs(text);

    /// <summary>The text of the role, else of the first without one or any.</summary>
    internal static string? Role(IEnumerable<JsonPlace> texts, params string[] roles)
    {
        var all = texts.ToList();
        return roles.Select(role => all.Where(text => text.Text("role") == role).Select(text => text.Text("value")).FirstOrDefault()).FirstOrDefault(value => value is not null)
            ?? all.Where(text => text.Text("role") is null).Select(text => text.Text("value")).FirstOrDefault();
    }

    internal static string? Description(JsonPlace item) =>
        Role(item.List("descriptions"), "caption", "text", "summary") ?? item.Text("description_text");

    private static string? InfoSource(JsonPlace item) => item.List("infoSources").Select(source => source.Text("name")).FirstOrDefault(name => name is not null);

    private static List<string>? Tags(JsonPlace item)
    {
        var tags = item.List("subjects").Concat(item.List("subject"))
            .Select(subject => subject.Text("name")?.ToLowerInvariant())
            .Where(name => name is { Length: <= 64 })
            .Select(name => name!)
            .Distinct()
            .Take(EntryRules.TagLimit)
            .ToList();
        return tags.Count > 0 ? tags : null;
    }
}
