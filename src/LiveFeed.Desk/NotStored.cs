using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>What only the newsroom may see stays in no cache.</summary>
internal sealed class NotStored : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
