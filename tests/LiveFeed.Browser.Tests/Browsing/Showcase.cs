using System.Globalization;
using System.Net.Http.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>One page that a reader may open.</summary>
/// <param name="Path">Its address at the server.</param>
/// <param name="Status">What it answers.</param>
/// <param name="IsLive">Whether it connects.</param>
public sealed record ReaderPage(string Path, int Status = 200, bool IsLive = false);

/// <summary>A newsroom whose feeds show all that there is: every kind of item, everything that may stand in one, and every page.</summary>
public sealed class Showcase : IAsyncDisposable
{
    private Showcase(Newsroom newsroom, string language, IReadOnlyList<ReaderPage> pages) => (Newsroom, Language, Pages) = (newsroom, language, pages);

    /// <summary>The languages whose script, direction or length differs most.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "ar", "ja"];

    public Newsroom Newsroom { get; }

    public string Language { get; }

    /// <summary>Every page that a reader may open.</summary>
    public IReadOnlyList<ReaderPage> Pages { get; }

    /// <param name="servers">Where the newsroom's nodes meet.</param>
    /// <param name="language">Of the feeds and of their items.</param>
    public static async Task<Showcase> OpenAsync(Servers servers, string language)
    {
        var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, new { title = Texts(language).Title, language, timeZone = "Asia/Tokyo" });
        try
        {
            return new Showcase(newsroom, language, await FillAsync(newsroom, language));
        }
        catch
        {
            await newsroom.DisposeAsync();
            throw;
        }
    }

    /// <summary>An item of this language with all that may stand in one.</summary>
    public static object Item(string language, string kind, int number = 0)
    {
        var (title, sentence, word) = Texts(language);
        return new
        {
            kind,
            headline = string.Create(CultureInfo.InvariantCulture, $"{title} {number}"),
            body = $"""
                {sentence} *{word}* **{word}** [{word}](https://example.org/{kind}) `{word}`

                > {sentence}

                - {word}
                - {word}

                | {word} | {word} | {word} | {word} | {word} | {word} | {word} | {word} |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 1,234,567.89 |

                {string.Concat(Enumerable.Repeat(word, 30))}
                """,
            byline = word,
            source = new { name = word, url = "https://example.org/source" },
            tags = new[] { word, "news" },
            link = "https://example.org/further",
            image = kind is "media" ? new { url = "https://example.org/picture.png", alt = sentence, caption = sentence, credit = word, width = 1600, height = 900 } : null,
        };
    }

    public ValueTask DisposeAsync() => Newsroom.DisposeAsync();

    private static async Task<IReadOnlyList<ReaderPage>> FillAsync(Newsroom newsroom, string language)
    {
        var feed = newsroom.Feed;
        for (var number = 1; number <= 16; number++)
        {
            await newsroom.PublishAsync($"{Texts(language).Title} {number}");
        }

        var kinds = new Dictionary<string, Entry>();
        foreach (var kind in new[] { "update", "quote", "fact", "media", "summary", "breaking" })
        {
            kinds[kind] = await newsroom.PublishAsync(Item(language, kind));
        }

        await newsroom.EditAsync(kinds["summary"], new { pinned = true, keyEvent = true });
        var corrected = await newsroom.CorrectAsync(kinds["fact"], new { body = Texts(language).Sentence, note = Texts(language).Sentence });
        await newsroom.EditAsync(kinds["breaking"], new { keyEvent = true });
        var withdrawn = await newsroom.PublishAsync(Item(language, "update", 99));
        await newsroom.RetractAsync(withdrawn, Texts(language).Sentence);

        await CreateAsync(newsroom, $"{feed}-empty", language);
        await CreateAsync(newsroom, $"{feed}-closed", language);
        using var closed = await newsroom.Desk.PatchAsJsonAsync($"/api/feeds/{feed}-closed", new { status = "closed" });
        Assert.True(closed.IsSuccessStatusCode, await closed.Content.ReadAsStringAsync());
        var next = (await newsroom.ListAsync("limit=20")).Next;
        return
        [
            new("/"),
            new($"/{feed}", IsLive: true),
            new($"/{feed}?before={next}"),
            new($"/{feed}?tag=news"),
            new($"/{feed}/{kinds["media"].Id}"),
            new($"/{feed}/{corrected.Id}"),
            new($"/{feed}/{withdrawn.Id}", 410),
            new($"/{feed}-empty", IsLive: true),
            new($"/{feed}-closed", IsLive: true),
            new("/no-such-feed", 404),
            new($"/{feed}/{Guid.CreateVersion7()}", 404),
            new($"/{feed}?before=nonsense", 400),
        ];
    }

    private static async Task CreateAsync(Newsroom newsroom, string slug, string language)
    {
        using var created = await newsroom.Desk.PostAsJsonAsync("/api/feeds", new { slug, title = Texts(language).Title, language, timeZone = "Asia/Tokyo" });
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
    }

    private static (string Title, string Sentence, string Word) Texts(string language) => language switch
    {
        "ar" => ("الميناء مغلق حتى إشعار آخر", "أغلقت السلطات الميناء بسبب العاصفة، ولم يُصب أحد بأذى.", "عاصفة"),
        "ja" => ("港は当面閉鎖されます", "嵐のため当局は港を閉鎖しました。けが人はいません。", "嵐"),
        _ => ("The harbour stays closed", "The authorities closed the harbour because of the storm; nobody was hurt.", "storm"),
    };
}
