using System.Text;

namespace LiveFeed.Rendering;

/// <summary>Text as it may stand in HTML: without invisible characters that change what the reader sees, and escaped.</summary>
internal static class PlainText
{
    /// <summary>Text of one line, cleaned: line breaks become spaces. Empty for absent.</summary>
    public static string Line(string? text) =>
        string.Join(' ', Clean(text).Split(['\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Takes away what has no look of its own and yet changes the look of the rest: controls, bidi embeddings, overrides and
    /// isolates (with them "exe.jpg" reads as "gpj.exe", and a stray one turns the page around), joiners of no script, tags.
    /// What scripts need stays: ZWJ and ZWNJ, LRM, RLM and ALM, variation selectors, and the tags of the flags of nations.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(text.Length);
        var flag = false;
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var value = rune.Value;
            var isTag = value is >= 0xE0020 and <= 0xE007F;
            if (isTag ? flag : !IsInvisible(value))
            {
                clean.Append(rune.ToString());
            }

            flag = value == 0x1F3F4 || (flag && isTag);
        }

        return clean.ToString();
    }

    /// <summary>The text in HTML, as content or as a quoted attribute's value.</summary>
    public static string Escape(string text)
    {
        var html = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                _ => html.Append(c),
            };
        }

        return html.ToString();
    }

    /// <summary>Plain paragraphs: blank lines part them, other line breaks stay line breaks.</summary>
    public static string Paragraphs(string text)
    {
        var html = new StringBuilder(text.Length + 64);
        foreach (var paragraph in Clean(text).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            html.Append("<p>").Append(Escape(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>");
        }

        return html.ToString();
    }

    private static bool IsInvisible(int value) => value is
        (< 0x20 and not '\n' and not '\t') or (>= 0x7F and <= 0x9F)
        or 0x180E or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF
        or (>= 0xFFF9 and <= 0xFFFB) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE007F);
}
