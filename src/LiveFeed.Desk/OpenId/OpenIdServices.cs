using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.Desk;

/// <summary>Puts the sign-in by the newsroom's identity provider into a host.</summary>
internal static class OpenIdServices
{
    public static void AddOpenId(this IServiceCollection services, OpenIdProvider provider)
    {
        services.AddSingleton(provider).AddScoped<OpenIdAccounts>().AddScoped<OpenIdSignIn>();
        // A default that there isn't: or ASP.NET Core would take the only scheme for it, and ask it at every request who is there.
        services.AddAuthentication("the-desks-own-session").AddOpenIdConnect(OpenIdSignIn.Scheme, openId =>
        {
            openId.Authority = provider.Authority.ToString();
            openId.RequireHttpsMetadata = provider.Authority.Scheme == Uri.UriSchemeHttps;
            openId.BackchannelTimeout = TimeSpan.FromSeconds(10);
            (openId.ClientId, openId.ClientSecret) = (provider.ClientId, provider.ClientSecret);
            openId.CallbackPath = OpenIdSignIn.CallbackPath;
            // The code comes in the address (RFC 9700, 2.1.1): it works once, for this browser only, and the cookies needn't go with other sites' forms.
            (openId.ResponseType, openId.ResponseMode, openId.UsePkce) = ("code", "query", true);
            openId.Scope.Add("email");
            openId.GetClaimsFromUserInfoEndpoint = true;
            openId.MapInboundClaims = false;
            openId.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");
            if (provider.RoleClaim is not null)
            {
                openId.ClaimActions.MapJsonKey(provider.RoleClaim, provider.RoleClaim);
            }

            openId.DisableTelemetry = true;
            Bind(openId.CorrelationCookie, "livefeed-openid-state.");
            Bind(openId.NonceCookie, "livefeed-openid-nonce.");
            openId.Events.OnTokenValidated = OpenIdSignIn.RefuseUnsigned;
            openId.Events.OnTicketReceived = received => SignInOf(received.HttpContext).WelcomeAsync(received);
            openId.Events.OnRemoteFailure = failed => SignInOf(failed.HttpContext).RefuseAsync(failed);
        });
    }

    private static OpenIdSignIn SignInOf(HttpContext http) => http.RequestServices.GetRequiredService<OpenIdSignIn>();

    private static void Bind(CookieBuilder cookie, string name) =>
        (cookie.Name, cookie.SameSite, cookie.SecurePolicy) = (name, SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
}
