using System.Text;
using System.Xml;

namespace LiveFeed.Ticker.Syndication;

/// <summary>How formats are written in XML: UTF-8, well-formed whatever a text holds.</summary>
internal static class XmlFormat
{
    /// <summary>The namespace that <c>xml:</c> stands for.</summary>
    public const string Xml = "http://www.w3.org/XML/1998/namespace";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <summary>The document that <paramref name="write"/> writes.</summary>
    public static byte[] Write(Action<XmlWriter> write)
    {
        using var document = new MemoryStream();
        using (var xml = XmlWriter.Create(document, Settings))
        {
            write(xml);
        }

        return document.ToArray();
    }

    /// <summary>Writes an element with a text, or none when there is no text.</summary>
    public static void Element(this XmlWriter xml, string name, string? text, string? space = null)
    {
        if (text is not null)
        {
            xml.WriteElementString(name, space, Clean(text));
        }
    }

    /// <summary>Writes an attribute, or none when it has no value.</summary>
    public static void Attribute(this XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteAttributeString(name, Clean(value));
        }
    }

    /// <summary>Text without characters that can't stand in XML 1.0 (section 2.2), not even as references: readers see that there was something.</summary>
    public static string Clean(string text)
    {
        if (Allowed(text) == text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var allowed = Allowed(rest);
            clean.Append(rest[..allowed]);
            rest = rest[allowed..];
            if (rest.Length > 0)
            {
                clean.Append('\uFFFD');
                rest = rest[1..];
            }
        }

        return clean.ToString();
    }

    // How much of it may stand as it is.
    private static int Allowed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                return i;
            }

            i++;
        }

        return text.Length;
    }
}
