using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>A newsroom's identity provider (OpenIddict's server, on a port of its own). Whoever asks is signed in as <see cref="Person"/>.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    private const string ClientId = "livefeed";
    private const string ClientSecret = "a secret for tests alone";

    private readonly ConcurrentDictionary<string, bool> redeemed = new();
    private readonly WebApplication app;

    private IdentityProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.RegisterScopes(Scopes.Email, Scopes.Profile);
            // Not its own RSA keys of 4096 bits: on a busy machine they take ten seconds to make.
            server.AddEphemeralSigningKey(SecurityAlgorithms.EcdsaSha256).AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
            // Without a database: what that would check, the handlers below do.
            server.EnableDegradedMode();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.RedirectUri?.EndsWith("/desk/sign-in/openid/callback", StringComparison.Ordinal) != true)
                {
                    context.Reject(Errors.InvalidClient, "No such client.");
                }

                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                context.SignIn(Principal(context.Request.GetScopes()));
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
                {
                    context.Reject(Errors.InvalidClient, "Wrong secret.");
                }
                else if (!redeemed.TryAdd(context.Request.Code!, true))
                {
                    context.Reject(Errors.InvalidGrant, "The code was used before.");
                }

                return default;
            }));
            server.AddEventHandler<ApplyTokenResponseContext>(handler => handler.SetOrder(int.MinValue).UseInlineHandler(context =>
            {
                if (context.Response.IdToken is { } token)
                {
                    context.Response.IdToken = Forge(token);
                }

                return default;
            }));
        });
        app = builder.Build();
    }

    /// <summary>Whoever is at the browser.</summary>
    public Who Person { get; set; } = new("");

    /// <summary>What becomes of a token on the way to the desk.</summary>
    public Func<string, string> Forge { get; set; } = token => token;

    /// <summary>The desk's settings that lead here.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["LiveFeed:OpenIdConnect:Authority"] = app.Urls.Single(),
        ["LiveFeed:OpenIdConnect:ClientId"] = ClientId,
        ["LiveFeed:OpenIdConnect:ClientSecret"] = ClientSecret,
        ["LiveFeed:OpenIdConnect:Name"] = "The Herald",
    };

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider();
        await provider.app.StartAsync();
        return provider;
    }

    /// <summary>The same token signed by nobody (RFC 8725, 2.1).</summary>
    public static string SignedByNobody(string token) => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"JWT"}"""))}.{token.Split('.')[1]}.";

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private ClaimsPrincipal Principal(ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Person.Subject).SetClaim(Claims.Name, Person.Name).SetClaim(Claims.Email, Person.Email).SetClaim(Claims.EmailVerified, Person.IsVerified);
        identity.SetClaims("groups", [.. Person.Groups ?? []]);
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity).SetScopes(scopes);
    }

    /// <summary>Somebody as the provider knows them.</summary>
    public sealed record Who(string Subject, string? Email = null, bool IsVerified = true, string? Name = null, string[]? Groups = null);
}
