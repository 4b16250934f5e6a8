using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.Desk;

/// <summary>
/// How often somebody may try to sign in from one address: thirty times at once, then every ten seconds. It is for those who try
/// one password on many names, which no account's own count sees. Programs on this machine that came through no proxy are exempt.
/// </summary>
internal sealed class SignInRate : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(http =>
        IsExempt(http)
            ? RateLimitPartition.GetNoLimiter(IPAddress.Loopback)
            : RateLimitPartition.GetTokenBucketLimiter(PlaceOf(http.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 30,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromSeconds(10),
            }));

    /// <summary>Puts the count before endpoints; all that it stands before count together.</summary>
    public static ValueTask<object?> CountAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<SignInRate>().InvokeAsync(context, next);

    private async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return await next(context);
        }

        return await LetsInAsync(http) ? await next(context) : TooMany(http);
    }

    /// <summary>Takes one of the tries of where this request came from. False when there is none left.</summary>
    public async Task<bool> LetsInAsync(HttpContext http)
    {
        using var lease = await limiter.AcquireAsync(http, 1, http.RequestAborted);
        return lease.IsAcquired;
    }

    /// <summary>The page that says so.</summary>
    public static RazorComponentResult TooMany(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "10";
        return SignIn.Page(http, StatusCodes.Status429TooManyRequests, alert: http.Words()["signIn.tooMany"]);
    }

    public void Dispose() => limiter.Dispose();

    private static bool IsExempt(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("X-Original-For");

    // Of IPv6 the network's 64 bits: every subscriber has as many addresses as they like.
    private static IPAddress PlaceOf(IPAddress? address) => Network.Of(address ?? IPAddress.None, 32, 64).Address;
}
