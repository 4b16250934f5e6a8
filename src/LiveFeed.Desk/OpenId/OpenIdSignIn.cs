using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveFeed.Desk;

/// <summary>
/// Signs people in whom the newsroom's identity provider vouches for (OpenID Connect, authorisation code with PKCE). What the
/// provider told is looked at once and kept nowhere: from then on there is the desk's own session, as after every sign-in.
/// </summary>
internal sealed class OpenIdSignIn(OpenIdProvider provider, OpenIdAccounts accounts, Sessions sessions, RefusedSignIns refused)
{
    /// <summary>The name of the handler.</summary>
    public const string Scheme = "OpenIdConnect";

    /// <summary>Where somebody goes to the provider from. A link and not a form: what a form leads to, the page's policy would have to know beforehand.</summary>
    public const string Path = "/desk/sign-in/openid";

    /// <summary>Where the provider sends them back to.</summary>
    public const string CallbackPath = "/desk/sign-in/openid/callback";

    public static void MapOpenId(IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<OpenIdProvider>() is not null)
        {
            app.MapDeskForms().AllowAnonymous().MapGet("/sign-in/openid", LeaveAsync);
        }
    }

    /// <summary>Takes what comes back from the provider. The handler stands before the endpoints, so what they have before them is done here.</summary>
    public static void Use(IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<OpenIdProvider>() is null)
        {
            return;
        }

        app.UseWhen(http => http.Request.Path == CallbackPath, callback => callback.Use(async (http, next) =>
        {
            PageHeaders.Write(http);
            http.Response.Headers.CacheControl = "no-store";
            if (!HttpMethods.IsGet(http.Request.Method))
            {
                http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            }
            else if (!await http.RequestServices.GetRequiredService<SignInRate>().LetsInAsync(http))
            {
                await SignInRate.TooMany(http).ExecuteAsync(http);
            }
            else
            {
                await next(http);
            }
        }));
        app.UseAuthentication();
    }

    /// <summary>Refuses what is signed by nobody, which the handler would take from the provider's own mouth (OpenID Connect Core, 3.1.3.7, 6).</summary>
    public static Task RefuseUnsigned(TokenValidatedContext validated)
    {
        if (validated.SecurityToken.SignatureAlgorithm is null or "" or "none")
        {
            validated.Fail("The id token is signed by nobody.");
        }

        return Task.CompletedTask;
    }

    /// <summary>Lets somebody in, or says why not.</summary>
    public async Task WelcomeAsync(TicketReceivedContext received)
    {
        received.HandleResponse();
        var http = received.HttpContext;
        var (account, refusal) = await accounts.FindAsync(received.Principal!, http.Words(), http.RequestAborted);
        if (account is null || !SessionCookie.IsPossible(http.Request))
        {
            refused.Count(account?.Name, $"{provider.Name} knows them and the desk doesn't");
            await SignIn.Page(http, StatusCodes.Status403Forbidden, refusal).ExecuteAsync(http);
            return;
        }

        await sessions.BeginAsync(http, account.Id);
        // The browser sends the session's cookie only to where one of the desk's own pages leads, and the way so far began elsewhere.
        var next = received.ReturnUri ?? "/desk";
        http.Response.Headers["Refresh"] = $"0; url={next}";
        await new RazorComponentResult<SignedInPage>(new Dictionary<string, object?> { [nameof(SignedInPage.Next)] = next }).ExecuteAsync(http);
    }

    /// <summary>Says that nothing came of it.</summary>
    public async Task RefuseAsync(RemoteFailureContext failed)
    {
        failed.HandleResponse();
        var http = failed.HttpContext;
        refused.Count(null, $"what came from {provider.Name} can't be used: {failed.Failure?.Message}");
        var (status, alert) = failed.Failure is HttpRequestException or TaskCanceledException
            ? (StatusCodes.Status503ServiceUnavailable, Away(http, provider))
            : (StatusCodes.Status403Forbidden, http.Words()["provider.refused", ("provider", provider.Name)]);
        await SignIn.Page(http, status, alert).ExecuteAsync(http);
    }

    private static async Task<IResult> LeaveAsync(HttpContext http, OpenIdProvider provider, SignInRate rate, RefusedSignIns refused, IOptionsMonitor<OpenIdConnectOptions> options)
    {
        if (!SessionCookie.IsPossible(http.Request))
        {
            return SignIn.Page(http, StatusCodes.Status403Forbidden);
        }

        if (!await rate.LetsInAsync(http))
        {
            return SignInRate.TooMany(http);
        }

        try
        {
            await options.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
        }
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException or IOException or TaskCanceledException && !http.RequestAborted.IsCancellationRequested)
        {
            refused.Count(null, $"{provider.Name} can't be reached: {away.GetBaseException().Message}");
            return SignIn.Page(http, StatusCodes.Status503ServiceUnavailable, Away(http, provider));
        }

        return TypedResults.Challenge(new AuthenticationProperties { RedirectUri = SignIn.Next(http.Request) }, [Scheme]);
    }

    private static string Away(HttpContext http, OpenIdProvider provider) => http.Words()["provider.away", ("provider", provider.Name)];
}
