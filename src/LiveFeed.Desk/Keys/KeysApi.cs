using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>The API keys: who holds them, what they may do, and their end.</summary>
internal static class KeysApi
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/api/keys").RequireRole(DeskRole.Admin, allFeeds: true).WithTags("Desk").WithMetadata(new BodyLimit()).AddEndpointFilter<NotStored>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        keys.MapGet("/", ListAsync).WithName("listKeys").WithSummary("Lists the API keys, the newest first, without their secrets.").Produces<IReadOnlyList<ApiKey>>();
        keys.MapPost("/", CreateAsync).WithName("createKey").WithSummary("Makes an API key, and answers its secret, once.")
            .Accepts<NewKey>("application/json").Produces<MadeKey>(StatusCodes.Status201Created).TakesJson();
        keys.MapDelete("/{key}", RevokeAsync).WithName("revokeKey").WithSummary("Ends a key, for every request from now on.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpContext http, KeyRing keys) =>
        TypedResults.Json(await keys.ListAsync(http.RequestAborted), Wire.Json);

    private static async Task<IResult> CreateAsync(HttpContext http, KeyRing keys, Archive.Feeds feeds)
    {
        var (body, problem) = await JsonBody<NewKey>.ReadAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        if (body!.Value.Check(await feeds.ListAsync(http.RequestAborted)) is { } broken)
        {
            return Problems.Invalid(broken);
        }

        var made = await keys.CreateAsync(body.Value.Name!, body.Value.Role!.Value, body.Value.Feeds ?? [], http.RequestAborted);
        http.Response.Headers.Location = $"/api/keys/{made.Key.Id}";
        return TypedResults.Json(made, Wire.Json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(string key, HttpContext http, KeyRing keys) =>
        await keys.RevokeAsync(key, http.RequestAborted) ? TypedResults.NoContent() : Problems.UnknownKey();
}
