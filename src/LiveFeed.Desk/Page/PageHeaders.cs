using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LiveFeed.Desk;

/// <summary>
/// What the desk's pages tell the browser to refuse. Here a script that slipped through would write with the session of whoever
/// is signed in, and a page that frames this one could borrow their clicks.
/// </summary>
internal sealed class PageHeaders : IEndpointFilter
{
    private const string Policy = "default-src 'self'; img-src https: http: data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        Write(context.HttpContext);
        return next(context);
    }

    /// <summary>Tells it of a page that no endpoint answers.</summary>
    public static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        // A sign-in link is an address that nobody else may learn.
        headers["Referrer-Policy"] = "same-origin";
        headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        // There is no Blazor script here that could read it.
        http.Response.OnStarting(() => Task.FromResult(headers.Remove("blazor-enhanced-nav")));
    }
}
