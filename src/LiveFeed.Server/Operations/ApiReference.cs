using Scalar.AspNetCore;

namespace LiveFeed.Server.Operations;

/// <summary>
/// The description of the API as a page to read it on and to try it. All of the page comes from this server, and what is tried goes
/// to this server alone: the policy on it keeps even the library's own hosts out.
/// </summary>
internal static class ApiReference
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapScalarApiReference("/openapi/browse", (options, http) =>
    {
        options.WithTitle("LiveFeed API").WithOpenApiRoutePattern("/openapi/v1.json").WithNonce()
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools();
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.ContentSecurityPolicy =
                $"default-src 'self'; script-src 'self' 'nonce-{http.Items[ScalarOptions.NonceHttpContextItemKey]}'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
            return Task.CompletedTask;
        });
    }).ExcludeFromDescription();
}
