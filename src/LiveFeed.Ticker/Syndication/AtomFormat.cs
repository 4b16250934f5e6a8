using System.Xml;
using LiveFeed.Contracts;
using LiveFeed.Contracts.Languages;

namespace LiveFeed.Ticker.Syndication;

/// <summary>A feed as Atom (RFC 4287), in pages (RFC 5005, section 3).</summary>
/// <remarks>
/// A withdrawn entry is a tombstone (RFC 6721), and most readers pass those over. So the entry comes as well, with its note and without
/// its text: <c>updated</c> is no later than the tombstone's <c>when</c>, and who knows of tombstones takes it for deleted.
/// </remarks>
internal static class AtomFormat
{
    /// <summary>How its address ends.</summary>
    public const string Name = "atom.xml";

    /// <summary>Its content type.</summary>
    public const string Type = "application/atom+xml";

    /// <summary>The namespace of Atom.</summary>
    public const string Namespace = "http://www.w3.org/2005/Atom";

    /// <summary>What made the document.</summary>
    public const string Generator = "LiveFeed";

    private const string Tombstones = "http://purl.org/atompub/tombstones/1.0";

    public static byte[] Write(Edition edition) => XmlFormat.Write(xml =>
    {
        xml.WriteStartElement("feed", Namespace);
        xml.WriteAttributeString("xml", "lang", XmlFormat.Xml, edition.Feed.Language);
        xml.Element("id", edition.Home);
        xml.Element("title", edition.Title);
        xml.Element("subtitle", edition.Description);
        xml.Element("updated", Rfc3339.Format(edition.ChangedAt));
        xml.Element("generator", Generator);
        // Of entries without a byline it is the author.
        WritePerson(xml, "author", edition.Title, edition.Home);
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", "alternate");
        xml.WriteAttributeString("type", "text/html");
        xml.Attribute("href", edition.Home);
        xml.WriteEndElement();
        WriteLinks(xml, edition, Type);
        // First, since the RFC's schema has extensions before the entries.
        foreach (var entry in edition.Page.Entries.Where(entry => entry.Status is EntryStatus.Retracted))
        {
            WriteTombstone(xml, edition, entry);
        }

        foreach (var entry in edition.Page.Entries)
        {
            WriteEntry(xml, edition, entry);
        }

        xml.WriteEndElement();
    });

    /// <summary>Writes where the document itself is, and the pages around it.</summary>
    public static void WriteLinks(XmlWriter xml, Edition edition, string type)
    {
        foreach (var (rel, href) in new[] { ("self", edition.Self), ("first", edition.First), ("previous", edition.Previous), ("next", edition.Next) })
        {
            if (href is not null)
            {
                xml.WriteStartElement("link", Namespace);
                xml.WriteAttributeString("rel", rel);
                xml.WriteAttributeString("type", type);
                xml.Attribute("href", href);
                xml.WriteEndElement();
            }
        }
    }

    private static void WriteEntry(XmlWriter xml, Edition edition, Entry entry)
    {
        xml.WriteStartElement("entry");
        xml.Element("id", Edition.UrnOf(entry));
        xml.Element("title", edition.TitleOf(entry));
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", "alternate");
        xml.WriteAttributeString("type", "text/html");
        xml.Attribute("href", edition.AddressOf(entry));
        xml.WriteEndElement();
        xml.Element("published", Rfc3339.Format(entry.PublishedAt));
        xml.Element("updated", Rfc3339.Format(Edition.UpdatedAt(entry)));
        if (entry.Byline is { } byline)
        {
            WritePerson(xml, "author", Names.Clean(byline), null);
        }

        if (entry.Source is { } source)
        {
            WritePerson(xml, "contributor", Names.Clean(source.Name), source.Url);
        }

        foreach (var tag in entry.Tags ?? [])
        {
            xml.WriteStartElement("category");
            xml.Attribute("term", Names.Clean(tag));
            xml.WriteEndElement();
        }

        if (entry.Image is { } image)
        {
            xml.WriteStartElement("link");
            xml.WriteAttributeString("rel", "enclosure");
            xml.Attribute("href", image.Url);
            xml.Attribute("title", image.Alt);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("content");
        xml.WriteAttributeString("type", "html");
        xml.WriteString(XmlFormat.Clean(EntryHtml.Of(edition, entry)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteTombstone(XmlWriter xml, Edition edition, Entry entry)
    {
        xml.WriteStartElement("at", "deleted-entry", Tombstones);
        xml.WriteAttributeString("ref", Edition.UrnOf(entry));
        xml.WriteAttributeString("when", Rfc3339.Format(Edition.UpdatedAt(entry)));
        xml.Element("comment", edition.NoteOf(entry), Tombstones);
        xml.WriteEndElement();
    }

    private static void WritePerson(XmlWriter xml, string role, string name, string? address)
    {
        xml.WriteStartElement(role);
        xml.Element("name", name);
        xml.Element("uri", address);
        xml.WriteEndElement();
    }
}
