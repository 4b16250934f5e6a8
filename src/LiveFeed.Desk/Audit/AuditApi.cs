using System.Globalization;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Shows the audit log to administrators.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/audit", ListAsync).RequireRole(DeskRole.Admin, allFeeds: true).WithTags("Audit").AddEndpointFilter<NotStored>()
            .WithName("readAudit").WithSummary("The audit log, the newest row first.")
            .WithDescription("Each row's hash is over the row and the hash before it; 'livefeed verify' goes along the chain.").Produces<AuditPage>().Refuses();

    private static async Task<IResult> ListAsync(HttpContext http, AuditLog log, string? limit = null, string? before = null)
    {
        var below = 0L;
        var tooMany = Limits.Check(limit, out var most);
        var broken = tooMany
            ?? (before is null || (long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out below) && below > 0)
                ? null : new BrokenRule("before", "before is the seq of a row; they count from 1."));
        if (broken is not null)
        {
            return Problems.Invalid(broken);
        }

        var rows = await log.ListAsync(before is null ? null : below, most, http.RequestAborted);
        return TypedResults.Json(new AuditPage(rows, rows is [.., { Seq: > 1 } last] ? last.Seq : null), Wire.Json);
    }
}

/// <summary>Some of the audit log, the newest row first.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Next">What <c>before</c> takes to go on; absent at the end.</param>
public sealed record AuditPage(IReadOnlyList<AuditRow> Rows, long? Next);
