using System.Globalization;
using System.Xml;
using LiveFeed.Contracts;
using LiveFeed.Contracts.Languages;

namespace LiveFeed.Ticker.Syndication;

/// <summary>
/// A feed as RSS 2.0. It has no form for what was changed or withdrawn, but readers know an item by its <c>guid</c>: the item with the same
/// one takes the place of what they hold, so a withdrawn item comes with its note and without its text.
/// </summary>
internal static class RssFormat
{
    /// <summary>How its address ends.</summary>
    public const string Name = "rss.xml";

    /// <summary>Its content type.</summary>
    public const string Type = "application/rss+xml";

    private const string Dublin = "http://purl.org/dc/elements/1.1/";
    private const string Media = "http://search.yahoo.com/mrss/";

    public static byte[] Write(Edition edition) => XmlFormat.Write(xml =>
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "atom", null, AtomFormat.Namespace);
        xml.WriteAttributeString("xmlns", "dc", null, Dublin);
        xml.WriteAttributeString("xmlns", "media", null, Media);
        xml.WriteStartElement("channel");
        WriteText(xml, "title", edition.Title);
        xml.Element("link", edition.Home);
        WriteText(xml, "description", edition.Description);
        xml.Element("language", edition.Feed.Language);
        xml.Element("lastBuildDate", Rfc822(edition.ChangedAt));
        xml.Element("generator", AtomFormat.Generator);
        AtomFormat.WriteLinks(xml, edition, Type);
        foreach (var entry in edition.Page.Entries)
        {
            WriteItem(xml, edition, entry);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private static void WriteItem(XmlWriter xml, Edition edition, Entry entry)
    {
        xml.WriteStartElement("item");
        WriteText(xml, "title", edition.TitleOf(entry));
        xml.Element("link", edition.AddressOf(entry));
        xml.Element("description", EntryHtml.Of(edition, entry));
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(Edition.UrnOf(entry));
        xml.WriteEndElement();
        xml.Element("pubDate", Rfc822(entry.PublishedAt));
        xml.Element("updated", Rfc3339.Format(Edition.UpdatedAt(entry)), AtomFormat.Namespace);
        xml.Element("creator", entry.Byline is null ? null : Names.Clean(entry.Byline), Dublin);
        // RSS's own <source> names a feed that the item was taken from; this is who reported it.
        xml.Element("source", entry.Source is null ? null : Names.Clean(entry.Source.Name), Dublin);
        foreach (var tag in entry.Tags ?? [])
        {
            xml.Element("category", Names.Clean(tag));
        }

        WritePicture(xml, entry.Image);
        xml.WriteEndElement();
    }

    // Some readers take a text for HTML; written like this (as the RSS Advisory Board's profile asks) it reads the same to all.
    private static void WriteText(XmlWriter xml, string name, string text)
    {
        xml.WriteStartElement(name);
        var rest = XmlFormat.Clean(text);
        while (rest.IndexOfAny(['&', '<']) is >= 0 and var mark)
        {
            xml.WriteString(rest[..mark]);
            xml.WriteCharEntity(rest[mark]);
            rest = rest[(mark + 1)..];
        }

        xml.WriteString(rest);
        xml.WriteEndElement();
    }

    // An enclosure would have to tell how many bytes the picture has, which nobody knows of an agency's.
    private static void WritePicture(XmlWriter xml, EntryImage? image)
    {
        if (image is null)
        {
            return;
        }

        xml.WriteStartElement("content", Media);
        xml.Attribute("url", image.Url);
        xml.Attribute("medium", "image");
        xml.Attribute("width", image.Width?.ToString(CultureInfo.InvariantCulture));
        xml.Attribute("height", image.Height?.ToString(CultureInfo.InvariantCulture));
        xml.Element("title", image.Caption, Media);
        xml.Element("description", image.Alt, Media);
        xml.Element("credit", image.Credit, Media);
        xml.WriteEndElement();
    }

    // RFC 822 with four digits of the year, as RSS has it.
    private static string Rfc822(DateTimeOffset time) => time.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
}
