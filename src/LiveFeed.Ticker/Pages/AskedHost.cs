using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.Pages;

/// <summary>This server as the asker knows it: addresses that are taken elsewhere begin with it.</summary>
internal static class AskedHost
{
    /// <summary>Such as <c>https://news.example</c>, without a slash at the end.</summary>
    public static string Of(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}";
}
