using System.ComponentModel.DataAnnotations;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>A new feed.</summary>
public sealed record NewFeed
{
    /// <inheritdoc cref="Feed.Slug"/>
    [Required]
    public string? Slug { get; init; }

    /// <summary>Its name for people; the slug unless given.</summary>
    public string? Title { get; init; }

    /// <summary>A BCP 47 tag; en unless given.</summary>
    public string? Language { get; init; }

    /// <summary>A name of the IANA time zone database; UTC unless given.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Which sites may show it; every site's unless given.</summary>
    public FeedEmbedding? Embedding { get; init; }

    /// <summary>The first rule that it breaks, or null.</summary>
    internal BrokenRule? Check() =>
        EntryRules.CheckNewSlug("slug", Slug) ?? new FeedChange { Title = Title, Language = Language, TimeZone = TimeZone }.Check();
}

/// <summary>The feeds that a key or a partner is for.</summary>
internal static class FeedChoices
{
    /// <summary>The rule that a choice of feeds breaks, or null: one that was misspelt would be good for nothing. Absent is fine.</summary>
    public static BrokenRule? Check(IReadOnlyList<string>? chosen, IReadOnlyList<Feed> known) =>
        chosen?.FirstOrDefault(slug => known.All(feed => feed.Slug != slug)) is { } unknown ? new("feeds", $"There is no feed named '{unknown}'.") : null;
}

/// <summary>A change of a feed: what is absent stays.</summary>
public sealed record FeedChange
{
    /// <inheritdoc cref="Feed.Title"/>
    public string? Title { get; init; }

    /// <inheritdoc cref="Feed.Language"/>
    public string? Language { get; init; }

    /// <inheritdoc cref="Feed.TimeZone"/>
    public string? TimeZone { get; init; }

    /// <inheritdoc cref="Feed.Status"/>
    public FeedStatus? Status { get; init; }

    /// <inheritdoc cref="Feed.Embedding"/>
    public FeedEmbedding? Embedding { get; init; }

    /// <summary>The first rule that it breaks, or null.</summary>
    internal BrokenRule? Check() =>
        (Title is not null && string.IsNullOrWhiteSpace(Title) ? new BrokenRule("title", "A feed has a title.") : null)
        ?? EntryRules.CheckLine("title", Title, EntryRules.NameLimit)
        ?? (Language is null ? null : EntryRules.CheckLanguage("language", Language))
        ?? (TimeZone is null ? null : EntryRules.CheckTimeZone("timeZone", TimeZone));
}
