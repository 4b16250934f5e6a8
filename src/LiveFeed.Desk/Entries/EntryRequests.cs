using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>A new entry.</summary>
public sealed record NewEntry : EntryFields
{
    /// <summary>The entry's id, if the writer has made one (a UUID); the server makes one otherwise.</summary>
    public Guid? Id { get; init; }

    /// <summary>When it was published, if not now; never in the future.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public DateTimeOffset? PublishedAt { get; init; }
}

/// <summary>A change of an entry: the fields that change. A field sent as null is emptied.</summary>
public sealed record EntryEdit : EntryFields
{
    /// <summary>True for a change not worth an "Updated" mark, such as a typing error.</summary>
    public bool Minor { get; init; }
}

/// <summary>A correction: the fields that change, and what readers are told.</summary>
public sealed record EntryCorrection : EntryFields
{
    /// <summary>What was wrong, in public.</summary>
    [Required]
    public string? Note { get; init; }
}

/// <summary>A retraction.</summary>
public sealed record EntryRetraction
{
    /// <summary>Why it was withdrawn, in public; may be absent.</summary>
    public string? Note { get; init; }
}

/// <summary>The answer when an item is safely on the broker, but not yet on the air.</summary>
/// <param name="Feed">The feed's slug.</param>
/// <param name="Id">The entry's id.</param>
/// <param name="Detail">What to do.</param>
public sealed record NotLiveYet(string Feed, Guid Id, string Detail = "The item is safe and will be on the air soon. Send it again with the same Idempotency-Key to learn more.");

/// <summary>What was asked for, as plain fields.</summary>
internal static class PlainFields
{
    /// <summary>The fields of an entry alone, whatever else the request had. A field sent as null is emptied.</summary>
    public static EntryFields Plain(this EntryFields given, IReadOnlyList<string>? nulls = null) => new()
    {
        Kind = given.Kind,
        Headline = given.Headline,
        Body = given.Body,
        BodyFormat = given.BodyFormat,
        Byline = given.Byline,
        Source = given.Source,
        Image = given.Image,
        Link = given.Link,
        Tags = given.Tags,
        Pinned = given.Pinned,
        KeyEvent = given.KeyEvent,
        Clear = (given.Clear ?? []).Concat(nulls ?? []).Distinct().ToList() is { Count: > 0 } clear ? clear : null,
    };
}
