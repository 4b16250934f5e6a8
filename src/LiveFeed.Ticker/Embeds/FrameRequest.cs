using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Partners;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace LiveFeed.Ticker.Embeds;

/// <summary>How a frame is to look, in the words of the widget's attributes; what can't be read counts as not said, as it does there.</summary>
public sealed record FrameRequest
{
    /// <summary><c>full</c>, <c>compact</c>, <c>card</c> or <c>tape</c>.</summary>
    [FromQuery(Name = "form")]
    public string? Form { get; init; }

    /// <summary><c>light</c> or <c>dark</c>; the reader's unless said.</summary>
    [FromQuery(Name = "theme")]
    public string? Theme { get; init; }

    /// <summary>How many entries, 1 to 20.</summary>
    [FromQuery(Name = "entries")]
    public string? Count { get; init; }

    /// <summary>Of the widget's own words, BCP 47; the feed's unless said.</summary>
    [FromQuery(Name = "lang")]
    public string? Language { get; init; }

    /// <inheritdoc cref="ListRequest.Tag"/>
    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    /// <inheritdoc cref="ListRequest.KeyEvents"/>
    [FromQuery(Name = "keyEvents")]
    public string? KeyEvents { get; init; }

    /// <summary>The id of the one entry that is shown.</summary>
    [FromQuery(Name = "entry")]
    public string? Entry { get; init; }

    /// <summary>The key of the partner whose page it stands on; needed for feeds that aren't for every site.</summary>
    [FromQuery(Name = Site.KeyName)]
    public string? Key { get; init; }

    /// <summary>What the script is asked with, which hands it on to the server: the key, if there is one.</summary>
    internal QueryString Keys => string.IsNullOrEmpty(Key) ? QueryString.Empty : QueryString.Create(Site.KeyName, Key);

    /// <summary>The list that it shows.</summary>
    internal ListRequest Entries => new() { Tag = Tag, KeyEvents = KeyEvents == "true" ? KeyEvents : null };
}
