using System.Globalization;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Contracts.Languages;

namespace LiveFeed.Ticker.Syndication;

/// <summary>
/// A feed as ninjs 3.0 (IPTC): one composite item, whose associations are the entries, each at its version. A withdrawn one is
/// <c>canceled</c>.
/// </summary>
internal static class NinjsFormat
{
    /// <summary>How its address ends.</summary>
    public const string Name = "ninjs.json";

    /// <summary>Its content type; ninjs has none of its own.</summary>
    public const string Type = "application/json";

    // From 1, the most urgent, to 9.
    private const int MostUrgent = 1;

    public static byte[] Write(Edition edition) => JsonSerializer.SerializeToUtf8Bytes(
        new Item
        {
            Uri = edition.Home,
            Type = "composite",
            // More follows at the address in the answer's Link header: ninjs has no place for it.
            RepresentationType = edition.Page.Next is null && edition.Request.IsFirst ? "full" : "partial",
            Version = edition.Page.Position.Seq.ToString(CultureInfo.InvariantCulture),
            VersionCreated = Rfc3339.Format(edition.ChangedAt),
            PubStatus = "usable",
            Language = edition.Feed.Language,
            Title = edition.Title,
            Headlines = [new("main", edition.Title, "text/plain")],
            Standard = new("ninjs", "3.0", "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#"),
            Associations = [.. edition.Page.Entries.Select(entry => ItemOf(edition, entry))],
        },
        Wire.Json);

    private static Item ItemOf(Edition edition, Entry entry)
    {
        var item = new Item
        {
            Name = Edition.UrnOf(entry),
            Rel = "entry",
            Uri = Edition.UrnOf(entry),
            Type = "text",
            Version = entry.Revision.ToString(CultureInfo.InvariantCulture),
            FirstCreated = Rfc3339.Format(entry.PublishedAt),
            VersionCreated = Rfc3339.Format(Edition.UpdatedAt(entry)),
            Language = edition.Feed.Language,
            AltIds = [new("permalink", edition.AddressOf(entry))],
        };
        if (entry.Status is EntryStatus.Retracted)
        {
            return item with { PubStatus = "canceled", Descriptions = [new("withdrawal", edition.NoteOf(entry), "text/plain")] };
        }

        return item with
        {
            PubStatus = "usable",
            RepresentationType = "full",
            Urgency = entry.Kind is EntryKind.Breaking ? MostUrgent : null,
            By = entry.Byline is null ? null : Names.Clean(entry.Byline),
            InfoSources = entry.Source is { } source ? [new(Names.Clean(source.Name), source.Url)] : null,
            Headlines = entry.Headline is null ? null : [new("main", Names.Clean(entry.Headline), "text/plain")],
            Bodies = [new("main", EntryHtml.Of(edition, entry), "text/html")],
            Descriptions = entry.Correction is { } correction ? [new("correction", correction.Note, "text/plain")] : null,
            Subjects = entry.Tags?.Select(tag => new Subject(Names.Clean(tag))).ToList(),
            Associations = entry.Image is { } image ? [PictureOf(image)] : null,
        };
    }

    private static Item PictureOf(EntryImage image) => new()
    {
        Name = "picture",
        Rel = "picture",
        Uri = image.Url,
        Type = "picture",
        By = image.Credit is null ? null : Names.Clean(image.Credit),
        Headlines = image.Alt is null ? null : [new("main", image.Alt, "text/plain")],
        Descriptions = image.Caption is null ? null : [new("caption", image.Caption, "text/plain")],
        Renditions = [new("main", image.Url, image.Width, image.Height)],
    };

    // In the order that people read them.
    private sealed record Item
    {
        public string? Name { get; init; }
        public string? Rel { get; init; }
        public required string Uri { get; init; }
        public required string Type { get; init; }
        public string? RepresentationType { get; init; }
        public string? Version { get; init; }
        public string? FirstCreated { get; init; }
        public string? VersionCreated { get; init; }
        public string? PubStatus { get; init; }
        public int? Urgency { get; init; }
        public string? Language { get; init; }
        public string? Title { get; init; }
        public string? By { get; init; }
        public IReadOnlyList<Text>? Headlines { get; init; }
        public IReadOnlyList<Text>? Descriptions { get; init; }
        public IReadOnlyList<Text>? Bodies { get; init; }
        public IReadOnlyList<InfoSource>? InfoSources { get; init; }
        public IReadOnlyList<Subject>? Subjects { get; init; }
        public IReadOnlyList<AltId>? AltIds { get; init; }
        public Standard? Standard { get; init; }
        public IReadOnlyList<Rendition>? Renditions { get; init; }
        public IReadOnlyList<Item>? Associations { get; init; }
    }

    private sealed record Text(string Role, string Value, string ContentType);

    private sealed record InfoSource(string Name, string? Uri);

    private sealed record Subject(string Name);

    private sealed record AltId(string Role, string Value);

    private sealed record Standard(string Name, string Version, string Schema);

    private sealed record Rendition(string Name, string Href, int? Width, int? Height);
}
