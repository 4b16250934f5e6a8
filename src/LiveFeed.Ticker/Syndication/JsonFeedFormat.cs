using System.Text.Json;
using System.Text.Json.Serialization;
using LiveFeed.Contracts;
using LiveFeed.Contracts.Languages;

namespace LiveFeed.Ticker.Syndication;

/// <summary>
/// A feed as JSON Feed 1.1. Readers know an item by its <c>id</c>; it has no form for what is withdrawn, so such an item has its note in
/// the place of its text, and <c>_livefeed.status</c> for who wants to know.
/// </summary>
internal static class JsonFeedFormat
{
    /// <summary>How its address ends.</summary>
    public const string Name = "feed.json";

    /// <summary>Its content type.</summary>
    public const string Type = "application/feed+json";

    public static byte[] Write(Edition edition) => JsonSerializer.SerializeToUtf8Bytes(
        new Document
        {
            Title = edition.Title,
            HomePageUrl = edition.Home,
            FeedUrl = edition.Self,
            Description = edition.Description,
            NextUrl = edition.Next,
            Language = edition.Feed.Language,
            Expired = edition.Feed.Status is FeedStatus.Archived ? true : null,
            Items = [.. edition.Page.Entries.Select(entry => ItemOf(edition, entry))],
        },
        Wire.Json);

    private static Item ItemOf(Edition edition, Entry entry)
    {
        var gone = entry.Status is EntryStatus.Retracted;
        return new Item
        {
            Id = Edition.UrnOf(entry),
            Url = edition.AddressOf(entry),
            ExternalUrl = entry.Link,
            // Items without a headline have no title here: readers show such ones as they are.
            Title = gone ? edition.Withdrawn(entry) : entry.Headline is null ? null : Names.Clean(entry.Headline),
            ContentHtml = EntryHtml.Of(edition, entry),
            Image = entry.Image?.Url,
            DatePublished = Rfc3339.Format(entry.PublishedAt),
            DateModified = entry.UpdatedAt is { } updatedAt ? Rfc3339.Format(updatedAt) : null,
            Authors = entry.Byline is null ? null : [new(Names.Clean(entry.Byline))],
            Tags = entry.Tags,
            Language = edition.Feed.Language,
            LiveFeed = new(entry.Status, entry.Revision, entry.Kind, entry.Pinned ? true : null, entry.KeyEvent ? true : null, entry.Source),
        };
    }

    private sealed record Document
    {
        [JsonPropertyName("version")]
        public string Version { get; } = "https://jsonfeed.org/version/1.1";
        public required string Title { get; init; }
        [JsonPropertyName("home_page_url")]
        public required string HomePageUrl { get; init; }
        [JsonPropertyName("feed_url")]
        public required string FeedUrl { get; init; }
        public required string Description { get; init; }
        [JsonPropertyName("next_url")]
        public string? NextUrl { get; init; }
        public required string Language { get; init; }
        public bool? Expired { get; init; }
        public required IReadOnlyList<Item> Items { get; init; }
    }

    private sealed record Item
    {
        public required string Id { get; init; }
        public required string Url { get; init; }
        [JsonPropertyName("external_url")]
        public string? ExternalUrl { get; init; }
        public string? Title { get; init; }
        [JsonPropertyName("content_html")]
        public required string ContentHtml { get; init; }
        public string? Image { get; init; }
        [JsonPropertyName("date_published")]
        public required string DatePublished { get; init; }
        [JsonPropertyName("date_modified")]
        public string? DateModified { get; init; }
        public IReadOnlyList<Author>? Authors { get; init; }
        public IReadOnlyList<string>? Tags { get; init; }
        public required string Language { get; init; }
        [JsonPropertyName("_livefeed")]
        public required Extension LiveFeed { get; init; }
    }

    private sealed record Author(string Name);

    private sealed record Extension(EntryStatus Status, int Revision, EntryKind? Kind, bool? Pinned, bool? KeyEvent, EntrySource? Source);
}
