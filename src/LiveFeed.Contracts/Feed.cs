using System.Text.Json.Serialization;

namespace LiveFeed.Contracts;

/// <summary>One ticker.</summary>
public sealed record Feed
{
    /// <summary>Its name in addresses: 1 to 64 of a–z, 0–9 and the hyphen.</summary>
    public required string Slug { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The language it is written in, a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>Which way its language runs.</summary>
    public required TextDirection Direction { get; init; }

    /// <summary>The newsroom's time zone, a name of the IANA time zone database.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Open feeds take entries; closed and archived ones don't.</summary>
    public required FeedStatus Status { get; init; }

    /// <summary>Which sites may show it.</summary>
    public FeedEmbedding Embedding { get; init; }

    /// <summary>When it was created.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Whether a feed takes entries.</summary>
[JsonConverter(typeof(LowerCase<FeedStatus>))]
public enum FeedStatus
{
    /// <summary>Takes entries.</summary>
    Open,

    /// <summary>Over: it can be read, nothing is added or changed.</summary>
    Closed,

    /// <summary>Over and put away: as if closed, and in no list of the pages. Its addresses stay.</summary>
    Archived,
}

/// <summary>Which way a text runs, named as HTML's <c>dir</c> names it.</summary>
[JsonConverter(typeof(LowerCase<TextDirection>))]
public enum TextDirection
{
    /// <summary>Left to right.</summary>
    Ltr,

    /// <summary>Right to left.</summary>
    Rtl,
}
