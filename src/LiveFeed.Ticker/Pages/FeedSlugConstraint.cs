using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Ticker.Pages;

/// <summary>Lets a page's address begin with a feed's slug, in any case (OneAddress mends it), but never with a word that something else answers to.</summary>
internal sealed class FeedSlugConstraint : IRouteConstraint
{
    public const string Name = "feed";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string slug && EntryRules.CheckNewSlug(routeKey, slug.ToLowerInvariant()) is null;
}
