using System.Globalization;
using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Followers;
using Microsoft.AspNetCore.Mvc;

namespace LiveFeed.Ticker.Api;

/// <summary>What a list of entries is asked with. Everything is text here, so that each mistake is answered with its rule.</summary>
internal sealed record ListRequest
{
    /// <summary>How many entries, 1 to 100; 20 unless said.</summary>
    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    /// <summary>The cursor of an earlier list (<c>next</c>): what stands below it.</summary>
    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    /// <summary>The cursor of an earlier list (<c>previous</c>): what stands right above it.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary>A position: what changed after it, oldest change first.</summary>
    [FromQuery(Name = "since")]
    public string? Since { get; init; }

    /// <summary>Only entries with this tag.</summary>
    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    /// <summary><c>true</c>: only key events.</summary>
    [FromQuery(Name = "keyEvents")]
    public string? KeyEvents { get; init; }

    /// <summary><c>body</c>: with the text as it was written.</summary>
    [FromQuery(Name = "include")]
    public string? Include { get; init; }

    /// <summary>True when it asks for nothing but the newest entries.</summary>
    public bool IsPlain => this == new ListRequest() || this == new ListRequest { Limit = Snapshots.Count.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The words it was asked with, for the ETag.</summary>
    public IEnumerable<string?> Words => [Limit, Before, After, Since, Tag, KeyEvents, Include];

    /// <summary>The first rule that it breaks, or null.</summary>
    public BrokenRule? Check() =>
        Limit is not null && !PageQuery.TryReadLimit(Limit, out _) ? new("limit", "limit is a number from 1 to 100.")
        : Before is not null && Cursor.Parse(Before) is null ? new("before", "before takes the cursor that an earlier list gave as next.")
        : After is not null && Cursor.Parse(After) is null ? new("after", "after takes the cursor that an earlier list gave as previous.")
        : Before is not null && After is not null ? new("after", "after stands without before: a list goes up or down.")
        : Since is not null && !Position.TryParse(Since, out _) ? new("since", "since takes a position, epoch:seq, as the server gave it.")
        : Since is not null && (Before ?? After ?? Tag ?? KeyEvents) is not null
            ? new("since", "since stands alone or with limit and include: a filter would hide that an entry was withdrawn.")
        : Tag is not null && (Tag.Length is 0 or > 64 || Tag.Any(char.IsControl)) ? new("tag", "tag is 1 to 64 characters of plain text.")
        : KeyEvents is not (null or "true" or "false") ? new("keyEvents", "keyEvents is true or false.")
        : CheckInclude(Include);

    /// <summary>The rule that an <c>include</c> breaks, or null.</summary>
    public static BrokenRule? CheckInclude(string? include) =>
        include is null or "body" ? null : new("include", "include is body, or left out.");

    /// <summary>The same for the archive. Only after <see cref="Check"/> found nothing.</summary>
    public PageQuery ToQuery() => new()
    {
        Limit = Count,
        Before = Cursor.Parse(Before),
        After = Cursor.Parse(After),
        Tag = Tag,
        KeyEvents = KeyEvents == "true",
        WithBody = WithBody,
    };

    /// <summary>How many entries.</summary>
    public int Count => PageQuery.TryReadLimit(Limit, out var limit) ? limit : Snapshots.Count;

    /// <summary>Whether the text as it was written is asked for.</summary>
    public bool WithBody => Include == "body";
}
