using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Sets the time at which a draft goes on the air, and takes it away again. <see cref="DraftsDue"/> keeps the time.</summary>
internal static class DraftScheduleApi
{
    public static void MapDraftSchedule(this IEndpointRouteBuilder app)
    {
        var schedule = app.MapGroup("/api/feeds/{feed}/drafts/{draft}").RequireRole(DeskRole.Editor).WithTags("Drafts").AddEndpointFilter<NotStored>();
        schedule.MapPut("/schedule", ScheduleAsync).WithName("scheduleDraft").WithSummary("Has a draft go on the air at a time, and not before.")
            .WithDescription("A time by the clocks of a place that isn't there that day, or is there twice, is refused.")
            .Accepts<DraftSchedule>("application/json").TakesBody().Decides();
        schedule.MapDelete("/schedule", CancelAsync).WithName("cancelSchedule").WithSummary("Takes a draft off the schedule.")
            .WithDescription("409 when it is too late: on its way to the air, or there.").Decides();
    }

    private static async Task<IResult> ScheduleAsync(
        string feed, string draft, HttpContext http, DraftBook book, Archive.Feeds feeds, TimeProvider clock)
    {
        var (body, unreadable) = await JsonBody<DraftSchedule>.ReadAsync(http);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var (row, problem) = await http.FindSeenDraftAsync(book, feed, draft);
        if (problem is not null)
        {
            return problem;
        }

        var writer = http.Writer();
        if (row!.State is DraftState.Publishing or DraftState.Published)
        {
            return Problems.DraftLocked(row.WhyKept()!, row.ToDraft(writer));
        }

        var now = clock.GetUtcNow();
        var (at, broken) = body!.Value.Read((await feeds.FindAsync(feed, http.RequestAborted))?.TimeZone ?? "UTC", now);
        if ((broken ?? row.CheckFit(now)) is { } rule)
        {
            return Problems.Invalid(rule);
        }

        return await http.ChangeDraftAsync(book, row, row.Next(DraftState.Scheduled, writer.Name, now) with
        {
            ReturnNote = null,
            Problem = null,
            ApprovedBy = writer.Name,
            ScheduledFor = at.ToUnixTimeMilliseconds(),
            DueAt = at.ToUnixTimeMilliseconds(),
        });
    }

    private static async Task<IResult> CancelAsync(string feed, string draft, HttpContext http, DraftBook book, TimeProvider clock)
    {
        var (row, problem) = await http.FindSeenDraftAsync(book, feed, draft);
        if (problem is not null)
        {
            return problem;
        }

        var writer = http.Writer();
        var cancelled = row!.Next(DraftState.Submitted, writer.Name, clock.GetUtcNow()) with { ApprovedBy = null, ScheduledFor = null, DueAt = null };
        // Whether it was in time, the database says: the node that puts it on the air takes it there in the same way.
        return row.State is DraftState.Scheduled && await book.ReplaceAsync(row, cancelled, http.RequestAborted)
            ? http.Draft(cancelled)
            : await TooLateAsync(http, book, row);
    }

    private static async Task<IResult> TooLateAsync(HttpContext http, DraftBook book, DraftRow seen)
    {
        var newest = await book.FindAsync(seen.Feed, Guid.Parse(seen.Id), http.RequestAborted) ?? seen;
        return newest.State switch
        {
            DraftState.Publishing or DraftState.Published => Problems.DraftLocked($"It is too late. {newest.WhyKept()}", newest.ToDraft(http.Writer())),
            _ when newest.Version == seen.Version => Problems.DraftLocked("It isn't scheduled.", newest.ToDraft(http.Writer())),
            _ => await http.OvertakenAsync(book, seen),
        };
    }
}
