using System.Text.Json.Serialization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>When a draft goes on the air, and not before: one of <see cref="At"/> and <see cref="Local"/>.</summary>
public sealed record DraftSchedule
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

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
            (null, { } local) => LocalTime.Read("local", local, TimeZone ?? zone),
            _ => (default, new BrokenRule("at", "Give the time once: as at, with an offset, or as local, by the clocks of a time zone.")),
        };
        return (at, broken ?? CheckAhead(at, now));
    }

    private BrokenRule? CheckAhead(DateTimeOffset at, DateTimeOffset now)
    {
        var field = Local is null ? "at" : "local";
        return at <= now ? new(field, "That time has passed. To publish now, use publication.")
            : at > now + Furthest ? new(field, "That time is more than a year ahead.")
            : null;
    }
}
