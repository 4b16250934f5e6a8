using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.Pages;

/// <summary>What every page tells the browser to refuse: should markup slip through the sanitiser, it still can't run.</summary>
internal sealed class PageHeaders : IEndpointFilter
{
    // Pictures come from wherever the newsroom's agencies keep them; everything else comes from here.
    private const string Pictures = "https: http: data:";

    private readonly string allButAncestors;
    private readonly string policy;

    private PageHeaders(string pictures, string ancestors)
    {
        allButAncestors = $"default-src 'self'; img-src {pictures}; style-src 'self'; script-src 'self'; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";
        policy = allButAncestors + ancestors;
    }

    /// <summary>Of our own pages, which nobody else may show in a frame.</summary>
    public static PageHeaders OfPages { get; } = new(Pictures, "'self'");

    /// <summary>Of what is made to be shown in a frame on any site; nobody else learns of its readers.</summary>
    public static PageHeaders OfFrames { get; } = new("'self' data:", "*");

    /// <summary>Lets nobody show the answer in a frame but us and the pages of these origins (Content Security Policy 3, section 6.4.2).</summary>
    public void Narrow(HttpContext context, IReadOnlyList<string> origins) =>
        context.Response.Headers.ContentSecurityPolicy = allButAncestors + string.Join(' ', origins.Prepend("'self'"));

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        // There is no Blazor script here that could read it.
        context.HttpContext.Response.OnStarting(() => Task.FromResult(headers.Remove("blazor-enhanced-nav")));
        return next(context);
    }
}
