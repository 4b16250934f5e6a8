using LiveFeed.Contracts;

namespace LiveFeed.Server.Commands.Import;

/// <summary>The picture of a ninjs item: its own renditions, if it is one, else those of the first picture that goes with it.</summary>
internal static class NinjsPictures
{
    /// <summary>Wide enough for a page, narrow enough for a phone's data plan.</summary>
    private const int WidestWanted = 1600;

    public static EntryImage? Of(JsonPlace item, bool isPicture)
    {
        var carriers = isPicture ? [item] : item.List("associations").Where(IsPicture);
        return carriers.Select(carrier => Image(item, carrier)).FirstOrDefault(image => image is not null);
    }

    private static bool IsPicture(JsonPlace place) => place.Text("type")?.ToLowerInvariant() is "picture" or "graphic";

    private static EntryImage? Image(JsonPlace item, JsonPlace carrier)
    {
        var renditions = carrier.List("renditions").Where(IsUsable).ToList();
        if (renditions.Count == 0)
        {
            return null;
        }

        var best = renditions.Where(rendition => (rendition.Number("width") ?? 0) <= WidestWanted).OrderByDescending(rendition => rendition.Number("width") ?? 0)
            .Concat(renditions.OrderBy(rendition => rendition.Number("width")))
            .First();
        var caption = NinjsFile.Description(carrier);
        return new()
        {
            Url = best.RequiredText("href"),
            Width = best.Number("width"),
            Height = best.Number("height"),
            Caption = caption,
            Alt = NinjsFile.Role(carrier.List("headlines"), "main") ?? caption,
            Credit = carrier.Text("by") ?? carrier.Text("byline") ?? CreditLine(carrier) ?? carrier.Text("copyrightHolder") ?? CreditLine(item),
        };
    }

    private static bool IsUsable(JsonPlace rendition) =>
        (rendition.Text("contentType") ?? rendition.Text("mimetype"))?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) is true
        && EntryRules.CheckUrl("href", rendition.Text("href")) is null && rendition.Text("href") is not null;

    private static string? CreditLine(JsonPlace item) =>
        item.List("descriptions").Where(text => text.Text("role") is "creditline").Select(text => text.Text("value")).FirstOrDefault();
}
