using LiveFeed.Contracts;
using LiveFeed.Contracts.Languages;
using LiveFeed.Ticker.Pages;

namespace LiveFeed.Ticker.Syndication;

/// <summary>A feed, or a page of it, as it goes out to other programs: what every format tells in its own way.</summary>
/// <param name="Host">The server's address as the asker knows it, such as <c>https://news.example</c>.</param>
/// <param name="Format">How the format's address ends, such as <c>rss.xml</c>.</param>
/// <param name="Feed">The feed.</param>
/// <param name="Page">Which entries, in readers' order; the newest page is followed by what changed further down of late.</param>
/// <param name="ChangedAt">When the feed last changed.</param>
/// <param name="Request">What was asked.</param>
internal sealed record Edition(string Host, string Format, Feed Feed, EntryPage Page, DateTimeOffset ChangedAt, SyndicationRequest Request)
{
    /// <summary>The feed's page.</summary>
    public string Home => $"{Host}/{Feed.Slug}";

    /// <summary>The address of this page in its format.</summary>
    public string Self => AddressOf(Request);

    /// <summary>The first page.</summary>
    public string First => AddressOf(Request with { Before = null, After = null });

    /// <summary>The page of what stands below; null at the end.</summary>
    public string? Next => Page.Next is null ? null : AddressOf(Request with { Before = Page.Next, After = null });

    /// <summary>The page of what stands above; null at the top.</summary>
    public string? Previous => Page.Previous is null ? null : AddressOf(Request with { Before = null, After = Page.Previous });

    /// <summary>The feed's title.</summary>
    public string Title => Names.Clean(Feed.Title);

    /// <summary>What the feed is, in a sentence.</summary>
    public string Description => Words["live"].Replace("{title}", Title, StringComparison.Ordinal);

    /// <summary>The words of the feed's language.</summary>
    public LanguageWords Words => LanguageWords.OfPages(Feed.Language);

    /// <summary>An entry's name for good, the same in every format and on every host (RFC 9562).</summary>
    public static string UrnOf(Entry entry) => $"urn:uuid:{entry.Id:D}";

    /// <summary>An entry's permanent address.</summary>
    public string AddressOf(Entry entry) => $"{Home}/{entry.Id:D}";

    /// <summary>When an entry last changed in a way that readers should know of.</summary>
    public static DateTimeOffset UpdatedAt(Entry entry) => entry.UpdatedAt ?? entry.PublishedAt;

    /// <summary>An entry's headline, or how its text begins; of a withdrawn one that it was withdrawn.</summary>
    public string TitleOf(Entry entry) =>
        entry.Status is EntryStatus.Retracted ? Withdrawn(entry)
        : entry.Headline is { } headline ? Names.Clean(headline)
        : EntryText.Short(entry) is { Length: > 0 } text ? text : Title;

    /// <summary>That an entry was withdrawn, and when.</summary>
    public string Withdrawn(Entry entry) => Words["withdrawn"].Replace("{time}", Times.Local(Feed, UpdatedAt(entry)), StringComparison.Ordinal);

    /// <summary>What is told in the place of a withdrawn entry's text: the note, or else that it was withdrawn.</summary>
    public string NoteOf(Entry entry) => entry.Correction?.Note ?? Withdrawn(entry);

    private string AddressOf(SyndicationRequest request) => $"{Home}/{Format}{request.ToQuery()}";
}
