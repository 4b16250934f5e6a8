using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.Desk;

/// <summary>Tells who is writing, by API key or by the desk's session, and lets through whom the role and the feed allow.</summary>
public sealed class Gate(KeyRing keys, Sessions sessions, IConfiguration configuration)
{
    /// <summary>The header that a request with the desk's cookie must carry: a page of another site can't set it.</summary>
    public const string DeskHeader = "X-LiveFeed-Desk";

    private readonly string? adminKey = configuration["LiveFeed:AdminKey"];

    /// <summary>Who is writing, or null.</summary>
    public async Task<Writer?> IdentifyAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return ShowsKey(http.Request) ? await ByKeyAsync(http.Request.Headers.Authorization.ToString(), http.RequestAborted) : await BySessionAsync(http);
    }

    /// <summary>Whether a request names its writer itself. If not, the browser may have added the session's cookie unasked.</summary>
    internal static bool ShowsKey(HttpRequest request) => request.Headers.Authorization.ToString().Length > 0;

    /// <summary>The writer that somebody is who signed in to this account.</summary>
    internal static string WriterId(string account) => $"account-{account}";

    /// <summary>The writer that somebody is who is signed in.</summary>
    internal static Writer WriterOf(Session session) => new(WriterId(session.AccountId), session.Name, session.Role, []);

    private async Task<Writer?> ByKeyAsync(string authorization, CancellationToken cancellation)
    {
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = authorization["Bearer ".Length..].Trim();
        if (!string.IsNullOrEmpty(adminKey)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(adminKey)))
        {
            return new Writer("admin-key", "admin", DeskRole.Admin, []);
        }

        return await keys.FindAsync(text, cancellation) is { } key ? new Writer(key.Id, key.Name, key.Role, key.Feeds) : null;
    }

    private async Task<Writer?> BySessionAsync(HttpContext http) =>
        await sessions.FindAsync(http) is { } session ? WriterOf(session) : null;
}

/// <summary>Puts the gate before endpoints.</summary>
internal static class GateFilter
{
    /// <summary>Lets through writers with at least this role, and, where the address names a feed, only to feeds that are theirs.</summary>
    /// <param name="endpoints">What is behind the gate.</param>
    /// <param name="needed">The least role.</param>
    /// <param name="allFeeds">Whether keys that are for some feeds only are kept out.</param>
    public static TBuilder RequireRole<TBuilder>(this TBuilder endpoints, DeskRole needed, bool allFeeds = false) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RoleNeeded(needed, allFeeds)).AddEndpointFilter<TBuilder, AuditFilter>().AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (await http.RequestServices.GetRequiredService<Gate>().IdentifyAsync(http) is not { } writer)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer realm=\"LiveFeed\"";
                return Problems.SignInFirst();
            }

            http.Features.Set(writer);
            if (!Gate.ShowsKey(http.Request) && !http.Request.Headers.ContainsKey(Gate.DeskHeader))
            {
                return Problems.ForgedRequest();
            }

            if (writer.Role < needed)
            {
                return Problems.RoleNeeded(needed, writer.Role);
            }

            if (http.Request.RouteValues["feed"] is string feed && !writer.MayWriteTo(feed))
            {
                return Problems.FeedNotYours(feed);
            }

            if (allFeeds && writer.Feeds.Count > 0)
            {
                return Problems.AllFeedsNeeded();
            }

            return await next(context);
        });

    /// <summary>Who is writing.</summary>
    public static Writer Writer(this HttpContext http) => http.Features.GetRequiredFeature<Writer>();
}
