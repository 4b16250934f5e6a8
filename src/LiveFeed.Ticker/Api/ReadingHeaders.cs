using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.Api;

/// <summary>Keeps browsers from taking JSON, in which others' words stand, for a page.</summary>
internal sealed class ReadingHeaders : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
