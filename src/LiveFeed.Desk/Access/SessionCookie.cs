using System.Net;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Desk;

/// <summary>
/// The cookie that names a session. Over https its name begins with __Host-, so browsers take it from this very host and over TLS
/// only, and no page of a sister domain can plant one. On plain http it works on this machine alone, under another name: there
/// nobody listens, and some browsers and most programs keep no Secure cookie. Elsewhere on plain http there is none at all.
/// </summary>
internal static class SessionCookie
{
    private const string OverTls = "__Host-livefeed-desk";
    private const string OnThisMachine = "livefeed-desk";

    /// <summary>Whether a session can be had on the way that this request came.</summary>
    public static bool IsPossible(HttpRequest request) => request.IsHttps || IsThisMachine(request.Host.Host);

    /// <summary>What is said where it can't.</summary>
    public static string Refusal(HttpRequest request) => request.HttpContext.Words()["signIn.plainHttp", ("host", request.Host)];

    /// <summary>The secret that the request shows, or null.</summary>
    public static string? Read(HttpRequest request) =>
        IsPossible(request) && request.Cookies[Name(request)] is { Length: > 0 and < 200 } secret ? secret : null;

    /// <summary>Hands a session's secret to the browser.</summary>
    public static void Write(HttpContext http, string secret, TimeSpan lifetime) =>
        http.Response.Cookies.Append(Name(http.Request), secret, Options(http.Request, lifetime));

    /// <summary>Has the browser forget it.</summary>
    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name(http.Request), Options(http.Request, lifetime: null));

    private static string Name(HttpRequest request) => request.IsHttps ? OverTls : OnThisMachine;

    private static CookieOptions Options(HttpRequest request, TimeSpan? lifetime) =>
        new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = lifetime, IsEssential = true };

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
