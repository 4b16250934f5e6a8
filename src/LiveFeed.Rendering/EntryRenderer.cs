using System.Globalization;
using System.Text;
using LiveFeed.Contracts;
using LiveFeed.Contracts.Languages;
using static LiveFeed.Rendering.PlainText;

namespace LiveFeed.Rendering;

/// <summary>
/// Makes the one HTML of an entry, which page, widget and feeds all show. The same entry always gives the same HTML: neither
/// the clock nor the machine's culture plays a part, so an entry rendered again after a crash is byte for byte the one before.
/// </summary>
public static class EntryRenderer
{
    /// <summary>Renders a live entry. Never throws for anything that a writer may have sent.</summary>
    /// <exception cref="ArgumentException">The entry is retracted: of those only the tombstone may be shown.</exception>
    public static Rendered Render(Feed feed, Entry entry)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Status is EntryStatus.Retracted)
        {
            throw new ArgumentException("A retracted entry has no HTML; show its tombstone.", nameof(entry));
        }

        var words = LanguageWords.OfEntries(feed.Language);
        var clock = new FeedClock(feed.TimeZone, feed.Language, entry.PublishedAt);
        var body = EntryBody.Render(entry.Body, entry.BodyFormat, words["table"]);
        var minutes = ReadingTime.Of($"{entry.Headline} {body.Text}");

        var html = new StringBuilder(1024 + body.Html.Length);
        WriteStart(html, feed, entry);
        WriteHeader(html, feed, entry, words, clock);
        WriteImage(html, entry.Image);
        WriteBody(html, entry.Kind, body);
        WriteLink(html, entry.Link, words);
        WriteTags(html, entry);
        WriteFooter(html, entry, words, minutes);
        WriteChanges(html, entry, words, clock);
        html.Append("</article>");
        return new(html.ToString(), minutes);
    }

    private static void WriteStart(StringBuilder html, Feed feed, Entry entry)
    {
        var direction = feed.Direction is TextDirection.Rtl ? "rtl" : "ltr";
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"entry entry-{NameOf(entry.Kind)}");
        html.Append(entry.Pinned ? " entry-pinned" : "").Append(entry.KeyEvent ? " entry-key-event" : "");
        html.Append(CultureInfo.InvariantCulture, $"\" id=\"entry-{entry.Id:D}\" lang=\"{Escape(feed.Language)}\" dir=\"{direction}\">");
    }

    private static void WriteHeader(StringBuilder html, Feed feed, Entry entry, LanguageWords words, FeedClock clock)
    {
        html.Append(CultureInfo.InvariantCulture, $"<header class=\"entry-header\"><a class=\"entry-permalink\" href=\"/{Escape(feed.Slug)}/{entry.Id:D}\">");
        html.Append(clock.Element(entry.PublishedAt, "entry-published")).Append("</a>");
        if (entry.Kind is not (null or EntryKind.Update))
        {
            html.Append(CultureInfo.InvariantCulture, $"<span class=\"entry-kind\">{Escape(words[NameOf(entry.Kind)])}</span>");
        }

        if (entry.Pinned)
        {
            html.Append(CultureInfo.InvariantCulture, $"<span class=\"entry-flag entry-flag-pinned\">{Escape(words["pinned"])}</span>");
        }

        if (entry.KeyEvent)
        {
            html.Append(CultureInfo.InvariantCulture, $"<span class=\"entry-flag entry-flag-key-event\">{Escape(words["keyEvent"])}</span>");
        }

        if (Line(entry.Headline) is { Length: > 0 } headline)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2 class=\"entry-headline\" dir=\"auto\">{Escape(headline)}</h2>");
        }

        html.Append("</header>");
    }

    private static void WriteImage(StringBuilder html, EntryImage? image)
    {
        if (image is null || WebAddress.OfWeb(image.Url) is not { } url)
        {
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"<figure class=\"entry-image\"><img src=\"{Escape(url)}\" alt=\"{Escape(Line(image.Alt))}\"");
        if (image is { Width: > 0, Height: > 0 })
        {
            html.Append(CultureInfo.InvariantCulture, $" width=\"{image.Width}\" height=\"{image.Height}\"");
        }

        if (PictureAddress.RenditionsOf(image) is { Count: > 1 } renditions)
        {
            // A column of text is as wide as it gets to be: a telephone needn't load what a large screen does.
            html.Append(CultureInfo.InvariantCulture, $" srcset=\"{Escape(string.Join(", ", renditions.Select(one => $"{one.Url} {one.Width}w")))}\" sizes=\"(min-width: 46rem) 44rem, 100vw\"");
        }

        html.Append(" loading=\"lazy\">");
        var (caption, credit) = (Line(image.Caption), Line(image.Credit));
        if (caption.Length + credit.Length > 0)
        {
            html.Append("<figcaption>").Append(Escape(caption)).Append(caption.Length > 0 && credit.Length > 0 ? " " : "");
            html.Append(credit.Length > 0 ? $"<span class=\"entry-credit\">{Escape(credit)}</span>" : "").Append("</figcaption>");
        }

        html.Append("</figure>");
    }

    private static void WriteBody(StringBuilder html, EntryKind? kind, SafeBody body)
    {
        if (body.Html.Length == 0)
        {
            return;
        }

        // A writer who marked the quote up knows best what is quoted and what is said about it.
        var quote = kind is EntryKind.Quote && !body.Html.Contains("<blockquote", StringComparison.Ordinal);
        html.Append("<div class=\"entry-body\">").Append(quote ? "<blockquote>" : "").Append(body.Html);
        html.Append(quote ? "</blockquote>" : "").Append("</div>");
    }

    private static void WriteLink(StringBuilder html, string? link, LanguageWords words)
    {
        if (WebAddress.OfWeb(link) is { } url)
        {
            var host = new Uri(url).Host;
            host = host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"entry-link\"><a href=\"{Escape(url)}\" rel=\"noopener\">{Escape(words["readMore"])}: <bdi>{Escape(Line(host))}</bdi></a></p>");
        }
    }

    private static void WriteTags(StringBuilder html, Entry entry)
    {
        if (entry.Tags is not { Count: > 0 } tags)
        {
            return;
        }

        html.Append("<ul class=\"entry-tags\">");
        foreach (var tag in tags)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"/{Escape(entry.Feed)}?tag={Uri.EscapeDataString(tag)}\"><bdi>{Escape(Line(tag))}</bdi></a></li>");
        }

        html.Append("</ul>");
    }

    private static void WriteFooter(StringBuilder html, Entry entry, LanguageWords words, int minutes)
    {
        var footer = new StringBuilder();
        if (Line(entry.Byline) is { Length: > 0 } byline)
        {
            // Wires send "By A. Reporter" already.
            var by = byline.StartsWith(words["by"].TrimEnd() + " ", StringComparison.OrdinalIgnoreCase) ? "" : words["by"];
            footer.Append(CultureInfo.InvariantCulture, $"<span class=\"entry-byline\" dir=\"auto\">{Escape(by)}<bdi>{Escape(byline)}</bdi></span> ");
        }

        if (Line(entry.Source?.Name) is { Length: > 0 } source)
        {
            var name = $"<bdi>{Escape(source)}</bdi>";
            var linked = WebAddress.OfWeb(entry.Source!.Url) is { } url ? $"<a href=\"{Escape(url)}\" rel=\"noopener\">{name}</a>" : name;
            footer.Append(CultureInfo.InvariantCulture, $"<span class=\"entry-source\">{linked}</span> ");
        }

        // That an ordinary item is read at a glance, readers see.
        if (minutes > 1)
        {
            footer.Append(CultureInfo.InvariantCulture, $"<span class=\"entry-reading\">{Escape(words["readingMinutes", minutes])}</span>");
        }

        if (footer.Length > 0)
        {
            html.Append("<footer class=\"entry-footer\">").Append(footer).Append("</footer>");
        }
    }

    private static void WriteChanges(StringBuilder html, Entry entry, LanguageWords words, FeedClock clock)
    {
        if (entry.UpdatedAt is { } updated)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"entry-updated\">{Escape(words["updated"])}: {clock.Element(updated)}");
            html.Append(CultureInfo.InvariantCulture, $" <a class=\"entry-changes\" href=\"/{Escape(entry.Feed)}/{entry.Id:D}/changes\">{Escape(words["whatChanged"])}</a></p>");
        }

        if (entry.Correction is { } correction)
        {
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"entry-correction\"><strong>{Escape(words["correction"])}:</strong> ");
            html.Append(CultureInfo.InvariantCulture, $"<bdi>{Escape(Line(correction.Note))}</bdi> {clock.Element(correction.At)}</div>");
        }
    }

    private static string NameOf(EntryKind? kind) => (kind ?? EntryKind.Update).ToString().ToLowerInvariant();
}
