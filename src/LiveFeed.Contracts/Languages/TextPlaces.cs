namespace LiveFeed.Contracts.Languages;

/// <summary>The places in a text that something else is put into, as <c>{name}</c>.</summary>
public static class TextPlaces
{
    /// <summary>The text in pieces: words, and the place behind them; null after the last.</summary>
    public static IEnumerable<(string Words, string? Place)> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = 0;
        while (text.IndexOf('{', at) is >= 0 and var begin && text.IndexOf('}', begin) is >= 0 and var end)
        {
            yield return (text[at..begin], text[(begin + 1)..end]);
            at = end + 1;
        }

        yield return (text[at..], null);
    }
}
