using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace LiveFeed.Ticker.Syndication;

/// <summary>
/// What page of a feed is asked for. There are no filters as the JSON API has them: what is withdrawn has no tags any more, so who
/// reads by a tag would never be told.
/// </summary>
internal sealed record SyndicationRequest
{
    /// <summary>How many entries, 1 to 100; 20 unless said.</summary>
    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    /// <summary>The cursor of another page: what stands below it.</summary>
    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    /// <summary>The cursor of another page: what stands right above it.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary>True when it is the first page.</summary>
    public bool IsFirst => (Before ?? After) is null;

    /// <summary>True when it asks for nothing but the newest entries.</summary>
    public bool IsPlain => List.IsPlain;

    /// <summary>The words it was asked with, for the ETag.</summary>
    public IEnumerable<string?> Words => [Limit, Before, After];

    private ListRequest List => new() { Limit = Limit, Before = Before, After = After };

    /// <summary>The first rule that it breaks, or null.</summary>
    public BrokenRule? Check() => List.Check();

    /// <summary>The same for the archive. Only after <see cref="Check"/> found nothing.</summary>
    public PageQuery ToPageQuery() => List.ToQuery();

    /// <summary>The same as the query of an address; empty when nothing is asked.</summary>
    public string ToQuery() => QueryString.Create(
        new Dictionary<string, string?> { ["limit"] = Limit, ["before"] = Before, ["after"] = After }.Where(asked => asked.Value is not null)).ToString();
}
