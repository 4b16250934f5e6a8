using System.Globalization;
using LiveFeed.Contracts;

namespace LiveFeed.Rendering;

/// <summary>Times in the newsroom's time zone: the hour and minute, with the day where it isn't the day of publication.</summary>
internal sealed class FeedClock(string timeZone, string language, DateTimeOffset publishedAt)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;

    /// <summary>A <c>time</c> element.</summary>
    public string Element(DateTimeOffset time, string? cssClass = null) =>
        $"<time{(cssClass is null ? "" : $" class=\"{cssClass}\"")} datetime=\"{Rfc3339.Format(time)}\">{PlainText.Escape(Text(time))}</time>";

    private string Text(DateTimeOffset time)
    {
        var (local, published) = (TimeZoneInfo.ConvertTime(time, zone), TimeZoneInfo.ConvertTime(publishedAt, zone));
        var clock = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return local.Date == published.Date ? clock : $"{Day(local, published.Year)}, {clock}";
    }

    private string Day(DateTimeOffset local, int publishedYear)
    {
        try
        {
            // Without the user's overrides, which CultureInfo.GetCultureInfo leaves out: the same on every machine.
            return local.ToString(local.Year == publishedYear ? "M" : "D", CultureInfo.GetCultureInfo(language));
        }
        catch (CultureNotFoundException)
        {
            return local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }
}
