using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.Pages;

/// <summary>What every page tells the browser to refuse: should markup slip through the sanitiser, it still can't run.</summary>
internal sealed class PageHeaders : IEndpointFilter
{
    // Pictures come from wherever the newsroom's agencies keep them; everything else comes from here.
    private const string Policy = "default-src 'self'; img-src https: http: data:; style-src 'self'; script-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        // There is no Blazor script here that could read it.
        context.HttpContext.Response.OnStarting(() => Task.FromResult(headers.Remove("blazor-enhanced-nav")));
        return next(context);
    }
}
