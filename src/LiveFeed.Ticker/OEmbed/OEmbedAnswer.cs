using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Syndication;

namespace LiveFeed.Ticker.OEmbed;

/// <summary>An answer of oEmbed 1.0, of the type <c>rich</c>: HTML to show.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Html">The frame.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="ProviderUrl">The address of this server.</param>
internal sealed record OEmbedAnswer(
    string Title, string Html, int Width, int Height, [property: JsonPropertyName("provider_url")] string ProviderUrl)
{
    /// <summary>A column of text.</summary>
    private const int UsualWidth = 600;

    /// <summary>A few entries at once.</summary>
    private const int UsualHeight = 600;

    public string Version { get; } = "1.0";

    public string Type { get; } = "rich";

    [JsonPropertyName("provider_name")]
    public string ProviderName { get; } = "LiveFeed";

    /// <summary>Seconds that the asker may keep the answer: the frame is live, only the title may change.</summary>
    [JsonPropertyName("cache_age")]
    public int CacheAge { get; } = 3600;

    public static OEmbedAnswer Of(string host, ShownAddress shown, string title, int? maxWidth, int? maxHeight)
    {
        var (width, height) = (Math.Min(UsualWidth, maxWidth ?? UsualWidth), Math.Min(UsualHeight, maxHeight ?? UsualHeight));
        var frame = $"{host}/embed/{shown.Feed}{(shown.Entry is { } id ? $"?entry={id:D}" : "")}";
        var html = string.Create(CultureInfo.InvariantCulture,
            $"<iframe src=\"{frame}\" title=\"{WebUtility.HtmlEncode(title)}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" style=\"border:0;max-width:100%\"></iframe>");
        return new(title, html, width, height, host);
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Wire.Json);

    public byte[] ToXml() => XmlFormat.Write(xml =>
    {
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("oembed");
        xml.Element("type", Type);
        xml.Element("version", Version);
        xml.Element("title", Title);
        xml.Element("provider_name", ProviderName);
        xml.Element("provider_url", ProviderUrl);
        xml.Element("cache_age", CacheAge.ToString(CultureInfo.InvariantCulture));
        xml.Element("html", Html);
        xml.Element("width", Width.ToString(CultureInfo.InvariantCulture));
        xml.Element("height", Height.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    });
}
