using LiveFeed.Ticker.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.Ticker.Admission;

/// <summary>Sets the doorkeeper before an address that readers stay at.</summary>
internal static class Guarded
{
    /// <summary>A GET (or CONNECT, RFC 8441) to it lasts as long as the reader's stay, and is let in or refused as one.</summary>
    public static TBuilder WithDoorkeeper<TBuilder>(this TBuilder address)
        where TBuilder : IEndpointConventionBuilder
    {
        address.Add(endpoint =>
        {
            var serve = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => AdmitAsync(http, serve);
        });
        return address;
    }

    /// <summary>True for SignalR's long polling: a GET that belongs to a negotiated connection, and is neither a WebSocket's nor a stream's.</summary>
    public static bool IsPoll(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Query.ContainsKey("id") && http.Request.Headers.Upgrade.Count == 0
        && !http.Request.Headers.Accept.Contains("text/event-stream");

    /// <summary>Where a request comes from, as far as limits go.</summary>
    public static ReaderAddress AddressOf(HttpContext http) =>
        // The forwarded address has taken the connection's place by now, and left this behind.
        ReaderAddress.Known(http.Connection.RemoteIpAddress, throughProxy: http.Request.Headers.ContainsKey("X-Original-For"));

    private static async Task AdmitAsync(HttpContext http, RequestDelegate serve)
    {
        var stays = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsConnect(http.Request.Method);
        if (IsPoll(http) || (!stays && http.Request.Query.ContainsKey("id")))
        {
            // SignalR's readers without a WebSocket send beside their stay, and those who poll stay between two requests too: HubDoor
            // sees to their place.
            await serve(http);
            return;
        }

        var keeper = http.RequestServices.GetRequiredService<Doorkeeper>();
        using var visit = keeper.TryEnter(AddressOf(http), out var refusal);
        if (visit is null)
        {
            keeper.Count(refusal!);
            http.Response.Headers.RetryAfter = refusal!.RetryAfter.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Problems.Refused(refusal.Status, refusal.Detail).ExecuteAsync(http);
            return;
        }

        if (!stays)
        {
            // A negotiation wants to know whether there is room, and takes none; the answer is there before its request is over.
            visit.Dispose();
        }

        await serve(http);
    }
}
