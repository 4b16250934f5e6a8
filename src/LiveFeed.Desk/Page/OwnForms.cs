using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>
/// Takes forms from the desk's own pages only. The browser itself says where a form comes from (Sec-Fetch-Site, or Origin), and
/// no page can make it lie: so another site's form neither writes with somebody's session nor signs them in as somebody else. It
/// needs no token, so none can be planted, leak or grow old on an open page.
/// </summary>
internal sealed class OwnForms : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsPost(request.Method))
        {
            return await next(context);
        }

        if (!IsFromHere(request))
        {
            return Problems.ForgedForm();
        }

        if (!request.HasFormContentType)
        {
            return Problems.NotForm();
        }

        try
        {
            await request.ReadFormAsync(context.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge(DeskServices.BodyLimit);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            return Problems.Unreadable("The form can't be read.");
        }

        return await next(context);
    }

    /// <summary>Where the desk's own pages come from, as a browser writes it.</summary>
    public static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static bool IsFromHere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
            ? site == "same-origin"
            : request.Headers.Origin.ToString() == OriginOf(request);
}
