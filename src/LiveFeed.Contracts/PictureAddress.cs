using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveFeed.Contracts;

/// <summary>
/// Where a picture stands that the newsroom keeps itself: <c>/pictures/ID/WIDTH</c> under the server's address. An entry's image
/// names the widest one; the others follow from it.
/// </summary>
public static partial class PictureAddress
{
    /// <summary>The widths that a picture is kept in, where it isn't narrower itself, in pixels.</summary>
    public static IReadOnlyList<int> Widths { get; } = [480, 960, 1600];

    /// <summary>The address of one width, under the server's address.</summary>
    public static string PathOf(string id, int width) => string.Create(CultureInfo.InvariantCulture, $"/pictures/{id}/{width}");

    /// <summary>Whether a text has the form of a picture's id: 32 characters of 0-9 and a-f.</summary>
    public static bool IsId(string? text) => text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Whether an address is a picture's that a newsroom keeps itself.</summary>
    public static bool IsOwn(string? url) => url is not null && OwnAddress().IsMatch(url);

    /// <summary>Every width of an entry's image with its address, the narrowest first; nothing for a picture that is kept elsewhere.</summary>
    public static IReadOnlyList<(string Url, int Width)> RenditionsOf(EntryImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (OwnAddress().Match(image.Url ?? "") is not { Success: true } found
            || found.Groups["width"].Value != image.Width?.ToString(CultureInfo.InvariantCulture))
        {
            return [];
        }

        var widest = image.Width.Value;
        var place = found.Groups["place"].Value;
        return [.. Widths.Where(width => width < widest).Append(widest).Select(width => (string.Create(CultureInfo.InvariantCulture, $"{place}{width}"), width))];
    }

    [GeneratedRegex(@"\A(?<place>https?://[^/?#\s,]+/pictures/[0-9a-f]{32}/)(?<width>[1-9][0-9]{0,3})\z")]
    private static partial Regex OwnAddress();
}
