using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.Embeds;

/// <summary>
/// What scripts on any site may read (the Fetch standard's CORS protocol): readers' answers hold nothing that is meant for one reader
/// alone, and are never asked for with credentials. Said whoever asks: a shared cache may have the answer from somebody without an
/// origin.
/// </summary>
public static class AnySite
{
    /// <summary>Says so on the answers that are marked with <see cref="OpenToAnySite"/>.</summary>
    public static void UseAnySite(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Open>() is not null)
        {
            var headers = http.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlExposeHeaders = "ETag";
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        }

        return next(http);
    });

    /// <summary>Marks what scripts on any site may read.</summary>
    public static TBuilder OpenToAnySite<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Open());

    private sealed class Open;
}
