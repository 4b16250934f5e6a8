using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>Whether a page shows what it should.</summary>
public static class Wholeness
{
    /// <summary>The newest items that a page holds at least, where the feed has as many.</summary>
    private const int Newest = 20;

    /// <summary>
    /// Waits until the page shows what the JSON API lists, from the top on: every item once, in the same order, at the same
    /// revision.
    /// </summary>
    public static async Task StandsAsListedAsync(this Tab tab, Newsroom newsroom)
    {
        ArgumentNullException.ThrowIfNull(tab);
        ArgumentNullException.ThrowIfNull(newsroom);
        var listed = (await newsroom.ListAsync()).Entries.Select(entry => $"{entry.Id} {entry.Revision} {entry.Headline}").ToList();
        await Eventually.ReadsAsync(
            $"the page shows what the API lists:\n{string.Join('\n', listed)}\n",
            _ => tab.Page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll('.feed-entries > .feed-slot')]
                  .map(s => `${s.dataset.id} ${s.dataset.revision} ${s.querySelector('.entry-headline')?.textContent ?? ''}`)
                """),
            shown => shown.Length >= Math.Min(Newest, listed.Count) && shown.SequenceEqual(listed.Take(shown.Length)));
    }

    /// <summary>Waits until the page holds one WebSocket open, and no more.</summary>
    public static Task HasOneSocketAsync(this Tab tab) =>
        Eventually.ReadsAsync("one socket is open", _ => tab.OpenSocketsAsync(), open => open == 1);

    /// <summary>Waits until this text stands nowhere in what the reader sees, and in nothing that the ticker holds.</summary>
    public static Task HoldsNowhereAsync(this Tab tab, string text)
    {
        ArgumentNullException.ThrowIfNull(tab);
        return Eventually.ReadsAsync(
            $"\"{text}\" is gone from the page",
            _ => tab.Page.EvaluateAsync<string>("() => document.title + document.body.innerText + document.querySelector('main').innerHTML"),
            held => !held.Contains(text, StringComparison.Ordinal));
    }
}
