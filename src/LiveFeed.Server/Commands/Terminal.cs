using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands;

/// <summary>Other people's text on a terminal.</summary>
internal static partial class Terminal
{
    /// <summary>One line, without controls: an escape sequence in a headline mustn't steer the terminal.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator && rune.Value is not (0x200C or 0x200D) ? " " : rune.ToString());
        }

        return line.ToString().Trim();
    }

    /// <summary>An entry in one line: seq, time, kind, and its headline or the start of its text.</summary>
    public static string Line(Entry entry)
    {
        var time = entry.PublishedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        if (entry.Status is EntryStatus.Retracted)
        {
            return $"{entry.Seq}  {time}  retracted  {entry.Id:D}{(entry.Correction is { } note ? $"  {Line(note.Note)}" : "")}";
        }

        var marks = string.Concat(
            entry.Pinned ? " pinned" : "", entry.KeyEvent ? " key-event" : "", entry.Correction is not null ? " corrected" : entry.UpdatedAt is not null ? " updated" : "");
        return $"{entry.Seq}  {time}  {(entry.Kind ?? EntryKind.Update).ToString().ToLowerInvariant()}{marks}  {Line(entry.Headline ?? Excerpt(entry.Html))}";
    }

    private static string Excerpt(string? html)
    {
        var body = Body().Match(html ?? "") is { Success: true } found ? found.Groups[1].Value : "";
        var text = Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(body, " ")), " ").Trim();
        return text.Length <= 120 ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[118]) ? 118 : 119), "…");
    }

    [GeneratedRegex("<div class=\"entry-body\">(.*)", RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex("<footer.*|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
