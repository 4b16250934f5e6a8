using System.Text;

namespace LiveFeed.Rendering;

/// <summary>How long a text takes to read.</summary>
internal static class ReadingTime
{
    private const double WordsPerMinute = 230;

    /// <summary>Han and kana, which are counted, since nothing parts their words.</summary>
    private const double IdeographsPerMinute = 500;

    /// <summary>Thai, Lao, Burmese and Khmer part no words either; a word of theirs has about five letters and marks.</summary>
    private const double UnspacedLettersPerMinute = WordsPerMinute * 5;

    /// <summary>Minutes, at least 1.</summary>
    public static int Of(string text)
    {
        int words = 0, ideographs = 0, unspaced = 0;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsIdeograph(rune.Value))
            {
                ideographs++;
                inWord = false;
            }
            else if (IsUnspaced(rune.Value))
            {
                unspaced++;
                inWord = false;
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                words += inWord ? 0 : 1;
                inWord = true;
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                inWord = false;
            }
        }

        var minutes = (words / WordsPerMinute) + (ideographs / IdeographsPerMinute) + (unspaced / UnspacedLettersPerMinute);
        return Math.Max(1, (int)Math.Round(minutes, MidpointRounding.AwayFromZero));
    }

    private static bool IsIdeograph(int value) =>
        value is (>= 0x3041 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static bool IsUnspaced(int value) =>
        value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);
}
