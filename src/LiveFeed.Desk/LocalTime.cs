using System.Globalization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>Times by the clocks of a place, as people say them.</summary>
internal static class LocalTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fff"];

    /// <summary>The moment that is meant, or the rule that it breaks: where clocks are put forward or back, some times aren't there and some are there twice.</summary>
    /// <param name="field">The field that the time stands in.</param>
    /// <param name="local">A time without an offset, such as 2026-11-27T18:00.</param>
    /// <param name="zone">The place, a name of the IANA time zone database.</param>
    public static (DateTimeOffset At, BrokenRule? Broken) Read(string field, string local, string zone)
    {
        if (EntryRules.CheckTimeZone("timeZone", zone) is { } broken)
        {
            return (default, broken);
        }

        var (at, wrong) = Find(local, zone);
        return (at, wrong switch
        {
            Trouble.Time => new(field, $"{field} is a time without an offset, such as 2026-11-27T18:00:00."),
            Trouble.Skipped => new(field, $"There is no such time in {zone}: the clocks go forward past it. Choose one before or after."),
            Trouble.Twice => new(field, $"That time is there twice in {zone}, since the clocks go back. Give it as at, with the offset that is meant."),
            _ => null,
        });
    }

    /// <summary>The moment that is meant in a zone that there is, or what is wrong with it.</summary>
    public static (DateTimeOffset At, Trouble? Wrong) Find(string local, string zone)
    {
        if (!DateTime.TryParseExact(local, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) || time.Year is < 1990 or > 9000)
        {
            return (default, Trouble.Time);
        }

        var clocks = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return clocks.IsInvalidTime(time) ? (default, Trouble.Skipped)
            : clocks.IsAmbiguousTime(time) ? (default, Trouble.Twice)
            : (new DateTimeOffset(time, clocks.GetUtcOffset(time)), null);
    }

    /// <summary>A moment by a feed's clocks, to the second, as <see cref="Read"/> takes it.</summary>
    public static string Of(Feed feed, DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, TimeZoneInfo.TryFindSystemTimeZoneById(feed.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc)
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What can be wrong with a time.</summary>
    public enum Trouble
    {
        /// <summary>It is none.</summary>
        Time,

        /// <summary>The clocks are put forward past it.</summary>
        Skipped,

        /// <summary>The clocks show it twice.</summary>
        Twice,
    }
}
