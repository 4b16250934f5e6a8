using LiveFeed.Contracts;
using LiveFeed.Ticker.Api;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Ticker.Partners;

/// <summary>Refuses a feed that is for partners to everybody else, before an address with a feed in it answers.</summary>
internal sealed class PartnerFeeds(Rings rings, PartnerList partners) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetRouteValue("feed") is not string slug || await rings.FindAsync(slug, http.RequestAborted) is not { Feed: { Embedding: FeedEmbedding.Partners } feed })
        {
            return await next(context);
        }

        var site = Site.Of(http.Request);
        http.Response.OnStarting(() =>
        {
            KeepBetween(http.Response, site);
            return Task.CompletedTask;
        });
        return partners.Refusal(feed, site) is { } rule ? Problems.NotForThisSite(rule) : await next(context);
    }

    // The answer is for this site. No shared cache may have it, or it would give it to the next.
    private static void KeepBetween(HttpResponse response, Site site)
    {
        var headers = response.Headers;
        headers.CacheControl = headers.CacheControl.Contains("no-store") ? "no-store" : "private, no-cache";
        headers.Append("Vary", "Origin");
        if (response.StatusCode is not StatusCodes.Status403Forbidden && site.Origin is { } origin)
        {
            headers.AccessControlAllowOrigin = origin;
        }
        else
        {
            headers.Remove("Access-Control-Allow-Origin");
        }
    }
}
