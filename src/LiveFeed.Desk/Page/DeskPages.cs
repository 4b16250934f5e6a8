using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>The newsroom's page.</summary>
internal static class DeskPages
{
    public static void MapDeskPage(this IEndpointRouteBuilder app) =>
        // Who isn't signed in is shown where to do so.
        app.MapGet("/desk", ShowAsync).AllowAnonymous().AddEndpointFilter<PageHeaders>().ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(HttpContext http, Gate gate, Archive.Feeds feeds, string? feed)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await gate.IdentifyAsync(http) is not { } writer)
        {
            return SignIn.Page(http, StatusCodes.Status401Unauthorized);
        }

        var all = (await feeds.ListAsync(http.RequestAborted)).Where(one => one.Status is not FeedStatus.Archived).ToList();
        return new RazorComponentResult<DeskPage>(new Dictionary<string, object?>
        {
            [nameof(DeskPage.Writer)] = writer,
            [nameof(DeskPage.Feeds)] = all,
            [nameof(DeskPage.Chosen)] = all.FirstOrDefault(one => one.Slug == feed) ?? (all.Count > 0 ? all[0] : null),
        });
    }
}
