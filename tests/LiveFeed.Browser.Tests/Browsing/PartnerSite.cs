using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Browser.Tests.Browsing;

/// <summary>A site that isn't LiveFeed's, on an origin of its own: one page, with the headers that its owner likes.</summary>
public sealed class PartnerSite : IAsyncDisposable
{
    private readonly WebApplication app;

    private PartnerSite(WebApplication app) => this.app = app;

    /// <summary>The page. By another name than LiveFeed's server has, so that browsers take them for two sites.</summary>
    public Uri Address => new UriBuilder(app.Urls.Single()) { Host = "localhost" }.Uri;

    /// <summary>Opens the site.</summary>
    /// <param name="body">What stands in the body of its page.</param>
    /// <param name="policy">Its Content-Security-Policy, if it has one.</param>
    /// <param name="head">What else stands in the head.</param>
    public static Task<PartnerSite> OpenAsync(string body, string? policy = null, string head = "") => OpenAsync(() => body, policy, head);

    /// <inheritdoc cref="OpenAsync(string, string?, string)"/>
    public static async Task<PartnerSite> OpenAsync(Func<string> body, string? policy = null, string head = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", (HttpContext http) =>
        {
            if (policy is not null)
            {
                http.Response.Headers.ContentSecurityPolicy = policy;
            }

            return Results.Content(
                $"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The Pondlewick Courier</title><link rel="icon" href="data:,">{head}</head><body>{body()}</body></html>""",
                "text/html; charset=utf-8");
        });
        await app.StartAsync();
        return new PartnerSite(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
