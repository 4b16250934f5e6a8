using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>The partners: which sites may show the feeds that aren't for every site.</summary>
internal static class PartnersApi
{
    public static void MapPartners(this IEndpointRouteBuilder app)
    {
        var partners = app.MapGroup("/api/partners").RequireRole(DeskRole.Admin, allFeeds: true).WithTags("Desk").WithMetadata(new BodyLimit()).AddEndpointFilter<NotStored>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        partners.MapGet("/", ListAsync).WithName("listPartners").WithSummary("Lists the partners, by name.").Produces<IReadOnlyList<Partner>>();
        partners.MapPost("/", AddAsync).WithName("addPartner").WithSummary("Adds a partner, and answers its public key.")
            .Accepts<NewPartner>("application/json").Produces<Partner>(StatusCodes.Status201Created).TakesJson().ProducesProblem(StatusCodes.Status409Conflict);
        partners.MapPatch("/{partner}", ChangeAsync).WithName("changePartner").WithSummary("Changes a partner; pages that it has no more are cut off within seconds.")
            .Accepts<PartnerChange>("application/json").Produces<Partner>().TakesJson().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status404NotFound);
        partners.MapDelete("/{partner}", RemoveAsync).WithName("removePartner").WithSummary("Takes a partner off the list, for good; its pages are cut off within seconds.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext http, PartnerDesk desk) =>
        TypedResults.Json(await desk.ListAsync(http.RequestAborted), Wire.Json);

    private static async Task<IResult> AddAsync(HttpContext http, PartnerDesk desk, Archive.Feeds feeds)
    {
        var (body, problem) = await JsonBody<NewPartner>.ReadAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        if (body!.Value.Check(await feeds.ListAsync(http.RequestAborted)) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        if (await desk.AddAsync(body.Value, http.RequestAborted) is not { } partner)
        {
            return Problems.PartnerExists(body.Value.Name!);
        }

        http.Response.Headers.Location = $"/api/partners/{partner.Key}";
        return TypedResults.Json(partner, Wire.Json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string partner, HttpContext http, PartnerDesk desk, Archive.Feeds feeds)
    {
        var (body, problem) = await JsonBody<PartnerChange>.ReadAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        if ((body!.Emptied ?? body.Value.Check(await feeds.ListAsync(http.RequestAborted))) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        return await desk.ChangeAsync(partner, body.Value, http.RequestAborted) switch
        {
            ({ } changed, _) => TypedResults.Json(changed, Wire.Json),
            (_, true) => Problems.PartnerExists(body.Value.Name!),
            _ => Problems.UnknownPartner(),
        };
    }

    private static async Task<IResult> RemoveAsync(string partner, HttpContext http, PartnerDesk desk) =>
        await desk.RemoveAsync(partner, http.RequestAborted) ? TypedResults.NoContent() : Problems.UnknownPartner();
}
