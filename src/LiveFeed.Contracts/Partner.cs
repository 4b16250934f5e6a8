using System.Text.Json.Serialization;

namespace LiveFeed.Contracts;

/// <summary>A site that may show feeds which aren't for every site.</summary>
public sealed record Partner
{
    /// <summary>Most origins of a partner: a browser is told them all, in one header.</summary>
    public const int MostOrigins = 20;

    /// <summary>The public name of it in addresses: 12 characters that mean nothing. It opens nothing by itself.</summary>
    public required string Key { get; init; }

    /// <summary>Its name for people, and in the numbers of readers.</summary>
    public required string Name { get; init; }

    /// <summary>Where its pages are, such as <c>https://www.example.org</c> (an origin's ASCII form, RFC 6454, section 6.2).</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>The feeds that it may show; empty for all.</summary>
    public required IReadOnlyList<string> Feeds { get; init; }

    /// <summary>
    /// Whether its pages may also be such as browsers call <c>null</c>: frames in a sandbox, files. Anybody's may be, so the key alone
    /// tells them apart.
    /// </summary>
    public required bool Sandboxed { get; init; }

    /// <summary>Whether it also reads with programs, which say no origin. Its key alone tells them apart.</summary>
    public required bool Programs { get; init; }

    /// <summary>When it was made a partner.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody last read a feed on its pages, to the minute; absent where nobody has in 90 days. The desk alone knows it.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public DateTimeOffset? LastReadAt { get; init; }
}

/// <summary>The list of partners changed.</summary>
/// <param name="Key">The one that came, changed or was taken off.</param>
public sealed record PartnersChanged(string Key);

/// <summary>Which sites may show a feed. It can be read on the publisher's own pages either way.</summary>
[JsonConverter(typeof(LowerCase<FeedEmbedding>))]
public enum FeedEmbedding
{
    /// <summary>Every site.</summary>
    Anywhere,

    /// <summary>Partners' alone.</summary>
    Partners,
}
