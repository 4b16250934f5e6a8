using System.Globalization;
using System.Text.Json.Serialization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>When a draft goes on the air, and not before: one of <see cref="At"/> and <see cref="Local"/>.</summary>
public sealed record DraftSchedule
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    private static readonly string[] LocalForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fff"];

    /// <summary>The moment, as RFC 3339 has it, with its offset.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public DateTimeOffset? At { get; init; }

    /// <summary>The moment by the clocks of a place, without an offset, such as 2026-11-27T18:00.</summary>
    public string? Local { get; init; }

    /// <summary>The place whose clocks are meant, a name of the IANA time zone database; the feed's unless given.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The moment, or the rule that it breaks.</summary>
    /// <param name="zone">The feed's time zone.</param>
    /// <param name="now">Now.</param>
    internal (DateTimeOffset At, BrokenRule? Broken) Read(string zone, DateTimeOffset now)
    {
        var (at, broken) = (At, Local) switch
        {
            ({ } moment, null) when TimeZone is null => (moment, null),
            ({ }, null) => (default, new BrokenRule("timeZone", "A time with an offset needs no time zone.")),
            (null, { } local) => ByClocks(local, TimeZone ?? zone),
            _ => (default, new BrokenRule("at", "Give the time once: as at, with an offset, or as local, by the clocks of a time zone.")),
        };
        return (at, broken ?? CheckAhead(at, now));
    }

    private static (DateTimeOffset At, BrokenRule? Broken) ByClocks(string local, string zone)
    {
        if (EntryRules.CheckTimeZone("timeZone", zone) is { } broken)
        {
            return (default, broken);
        }

        if (!DateTime.TryParseExact(local, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) || time.Year is < 1990 or > 9000)
        {
            return (default, new("local", "local is a time without an offset, such as 2026-11-27T18:00:00."));
        }

        var clocks = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return clocks.IsInvalidTime(time) ? (default, new("local", $"There is no such time in {zone}: the clocks go forward past it. Choose one before or after."))
            : clocks.IsAmbiguousTime(time) ? (default, new("local", $"That time is there twice in {zone}, since the clocks go back. Give it as at, with the offset that is meant."))
            : (new DateTimeOffset(time, clocks.GetUtcOffset(time)), null);
    }

    private BrokenRule? CheckAhead(DateTimeOffset at, DateTimeOffset now)
    {
        var field = Local is null ? "at" : "local";
        return at <= now ? new(field, "That time has passed. To publish now, use publication.")
            : at > now + Furthest ? new(field, "That time is more than a year ahead.")
            : null;
    }
}
