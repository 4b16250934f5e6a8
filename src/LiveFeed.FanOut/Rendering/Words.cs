using LiveFeed.Contracts;

namespace LiveFeed.FanOut.Rendering;

/// <summary>The few words that LiveFeed itself puts into an entry, in the feed's language. Another language is another row.</summary>
internal sealed record Words(
    string Breaking,
    string Quote,
    string Fact,
    string Media,
    string Summary,
    string Pinned,
    string KeyEvent,
    string By,
    string Updated,
    string Correction,
    string ReadMore,
    Func<int, string> MinutesToRead)
{
    private static readonly Words English = new(
        "Breaking", "Quote", "Fact", "Media", "Summary", "Pinned", "Key event", "By ", "Updated", "Correction", "Read more",
        minutes => $"{minutes} min read");

    private static readonly Dictionary<string, Words> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = English,
        ["uk"] = new(
            "Терміново", "Цитата", "Факт", "Медіа", "Головне", "Закріплено", "Ключова подія", "Текст: ", "Оновлено", "Виправлення",
            "Читати далі", minutes => $"{minutes} хв читання"),
        ["de"] = new(
            "Eilmeldung", "Zitat", "Fakt", "Medien", "Zusammenfassung", "Angeheftet", "Wichtiges Ereignis", "Von ", "Aktualisiert",
            "Korrektur", "Weiterlesen", minutes => $"{minutes} Min. Lesezeit"),
        ["ar"] = new(
            "عاجل", "اقتباس", "حقيقة", "وسائط", "ملخص", "مثبّت", "حدث رئيسي", "بقلم ", "تم التحديث", "تصحيح", "اقرأ المزيد",
            minutes => minutes switch
            {
                1 => "دقيقة واحدة للقراءة",
                2 => "دقيقتان للقراءة",
                _ when minutes % 100 is >= 3 and <= 10 => $"{minutes} دقائق للقراءة",
                _ => $"{minutes} دقيقة للقراءة",
            }),
        ["ja"] = new(
            "速報", "発言", "事実", "写真・映像", "まとめ", "固定", "重要な動き", "文：", "更新", "訂正", "続きを読む",
            minutes => $"{minutes}分で読めます"),
    };

    /// <summary>The words of a BCP 47 tag's language; English where there are none.</summary>
    public static Words In(string language) => Languages.GetValueOrDefault(language.Split('-')[0], English);

    /// <summary>The word for a kind; none for the ordinary update.</summary>
    public string? Of(EntryKind? kind) => kind switch
    {
        EntryKind.Breaking => Breaking,
        EntryKind.Quote => Quote,
        EntryKind.Fact => Fact,
        EntryKind.Media => Media,
        EntryKind.Summary => Summary,
        _ => null,
    };
}
