using System.Text;
using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Pages;

/// <summary>Which part of a feed a page shows.</summary>
/// <param name="Before">A cursor: what stands below it.</param>
/// <param name="After">A cursor: what stands right above it.</param>
/// <param name="Tag">Only what has this tag.</param>
public sealed record FeedPart(string? Before = null, string? After = null, string? Tag = null)
{
    /// <summary>True when it doesn't begin at the newest.</summary>
    public bool IsPart => (Before ?? After) is not null;

    /// <summary>Its address on this host.</summary>
    public string AddressIn(Feed feed)
    {
        var address = new StringBuilder($"/{feed.Slug}");
        foreach (var (name, value) in new[] { ("tag", Tag), ("before", Before), ("after", After) })
        {
            if (value is not null)
            {
                address.Append(address.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return address.ToString();
    }
}
