using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Ticker.Pages;

/// <summary>
/// A page has one address. Other spellings of it (upper case, a slash at the end, an id without hyphens or in braces) are sent on
/// for good (301), or search engines and caches would hold it several times.
/// </summary>
internal sealed class OneAddress : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var own = Own(request.RouteValues, request.Path.Value ?? "/");
        return string.Equals(own, request.Path.Value, StringComparison.Ordinal)
            ? next(context)
            : ValueTask.FromResult<object?>(TypedResults.Redirect($"{request.PathBase}{own}{request.QueryString}", permanent: true));
    }

    private static string Own(RouteValueDictionary values, string path)
    {
        if (values["feed"] is not string feed)
        {
            return path;
        }

        var entry = values["id"] is string id && Guid.TryParse(id, out var parsed) ? $"/{parsed:D}" : "";
        return $"/{feed.ToLowerInvariant()}{entry}{(path.TrimEnd('/').EndsWith(ReaderPages.Changes, StringComparison.OrdinalIgnoreCase) && entry.Length > 0 ? ReaderPages.Changes : "")}";
    }
}
