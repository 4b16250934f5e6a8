using System.Globalization;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands.Import;

/// <summary>The little HTML that importing writes itself; the fan-out cleans all of it.</summary>
internal static class Html
{
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    public static string Link(string url, string text) => $"<p><a href=\"{Escape(url)}\">{Escape(text)}</a></p>";

    /// <summary>Plain text: blank lines part paragraphs; where there are none, every line is one.</summary>
    public static string Paragraphs(string text)
    {
        var even = text.ReplaceLineEndings("\n");
        var parted = even.Contains("\n\n", StringComparison.Ordinal);
        return string.Concat(even.Split(parted ? "\n\n" : "\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(paragraph => $"<p>{Escape(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));
    }

    public static string Figure(EntryImage image)
    {
        var size = image is { Width: { } width, Height: { } height } ? string.Create(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\"") : "";
        var caption = string.Join(' ', new[] { image.Caption, image.Credit }.Where(text => text is not null));
        return $"<figure><img src=\"{Escape(image.Url)}\" alt=\"{Escape(image.Alt ?? "")}\"{size}>{(caption.Length > 0 ? $"<figcaption>{Escape(caption)}</figcaption>" : "")}</figure>";
    }
}
