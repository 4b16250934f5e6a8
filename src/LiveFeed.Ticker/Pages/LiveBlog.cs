using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using LiveFeed.Contracts;
using LiveFeed.Contracts.Languages;

namespace LiveFeed.Ticker.Pages;

/// <summary>A page as search engines read it: schema.org's <c>LiveBlogPosting</c>, each entry a <c>BlogPosting</c>, in JSON-LD.</summary>
internal static class LiveBlog
{
    // The letters of all languages as they are, but nothing that could end the element that the JSON stands in.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static string Of(Feed feed, IReadOnlyList<Entry> entries, string host)
    {
        var live = entries.Where(entry => entry.Status is EntryStatus.Live).ToList();
        var address = $"{host}/{feed.Slug}";
        return JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "LiveBlogPosting",
                ["@id"] = address,
                ["url"] = address,
                ["headline"] = Names.Clean(feed.Title),
                ["inLanguage"] = feed.Language,
                ["coverageStartTime"] = Rfc3339.Format(feed.CreatedAt),
                ["datePublished"] = Rfc3339.Format(feed.CreatedAt),
                ["dateModified"] = Rfc3339.Format(live.Select(entry => entry.UpdatedAt ?? entry.PublishedAt).DefaultIfEmpty(feed.CreatedAt).Max()),
                ["liveBlogUpdate"] = live.Select(entry => Posting(address, entry)),
            },
            Options);
    }

    // What isn't known, and what says the same again, is left out.
    private static Dictionary<string, string> Posting(string address, Entry entry)
    {
        var text = EntryText.Short(entry);
        var posting = new Dictionary<string, string>
        {
            ["@type"] = "BlogPosting",
            ["url"] = $"{address}/{entry.Id}",
            ["headline"] = entry.Headline is null ? text : Names.Clean(entry.Headline),
            ["datePublished"] = Rfc3339.Format(entry.PublishedAt),
        };
        if (entry.UpdatedAt is { } updatedAt)
        {
            posting["dateModified"] = Rfc3339.Format(updatedAt);
        }

        if (text.Length > 0 && entry.Headline is not null)
        {
            posting["articleBody"] = text;
        }

        if (entry.Image is { } image)
        {
            posting["image"] = image.Url;
        }

        return posting;
    }
}
