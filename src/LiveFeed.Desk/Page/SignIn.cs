using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.Desk;

/// <summary>
/// The pages that sign people in: by name and password, by passkey, by the newsroom's identity provider, or by the one-time link that the server prints. Opening the link only
/// shows a button, and the button uses the link up: a mail scanner or a chat preview that opens it costs nothing.
/// </summary>
internal static class SignIn
{
    /// <summary>The address of the page.</summary>
    public const string Path = "/desk/sign-in";

    /// <summary>Where a password is sent.</summary>
    public const string PasswordPath = "/desk/sign-in/password";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var desk = app.MapDeskForms().AllowAnonymous();
        var signIn = desk.MapGroup("").WithMetadata(new BodyLimit());
        signIn.AddEndpointFilter(SignInRate.CountAsync);
        signIn.MapGet("/sign-in", (HttpContext http, string? link) => Page(http, StatusCodes.Status200OK, link: link));
        signIn.MapPost("/sign-in", ByLinkAsync);
        signIn.MapPost("/sign-in/password", ByPasswordAsync);
        signIn.MapPost("/sign-in/code", SecondStepForm.JudgeAsync);
        signIn.MapPasskeySignIn();
        desk.MapPost("/sign-out", SignOutAsync);
        OpenIdSignIn.MapOpenId(app);
    }

    /// <summary>The group of all addresses of the desk that take forms.</summary>
    public static RouteGroupBuilder MapDeskForms(this IEndpointRouteBuilder app) => app.MapGroup("/desk")
        .AddEndpointFilter<PageHeaders>().AddEndpointFilter<OwnForms>().DisableAntiforgery().ExcludeFromDescription();

    /// <summary>The page that asks who is there.</summary>
    /// <param name="http">The request, which says where to go on afterwards.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="alert">What went wrong.</param>
    /// <param name="link">The one-time link that was opened.</param>
    /// <param name="who">The name that was typed.</param>
    public static RazorComponentResult Page(HttpContext http, int status, string? alert = null, string? link = null, string? who = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<SignInPage>(new Dictionary<string, object?>
        {
            [nameof(SignInPage.Alert)] = SessionCookie.IsPossible(http.Request) ? alert : SessionCookie.Refusal(http.Request),
            [nameof(SignInPage.IsPossible)] = SessionCookie.IsPossible(http.Request),
            [nameof(SignInPage.TakesPasskeys)] = Passkeys.ArePossible(http.Request),
            [nameof(SignInPage.Provider)] = http.RequestServices.GetService<OpenIdProvider>()?.Name,
            [nameof(SignInPage.Link)] = link,
            [nameof(SignInPage.Who)] = who,
            [nameof(SignInPage.Next)] = Next(http.Request),
        })
        {
            StatusCode = status,
        };
    }

    private static async Task<IResult> ByLinkAsync(HttpContext http, SignInLinks links, Sessions sessions)
    {
        // Looked at first: a link must not be used up where no session can be kept.
        if (!SessionCookie.IsPossible(http.Request) || !await links.UseAsync(http.Request.Form["link"].ToString(), http.RequestAborted))
        {
            return Page(http, StatusCodes.Status403Forbidden, http.Words()["signIn.linkUsed"]);
        }

        await sessions.BeginAsync(http, Account.OperatorId);
        return TypedResults.LocalRedirect("/desk");
    }

    private static async Task<IResult> ByPasswordAsync(HttpContext http, PasswordSignIn passwords, SignInSteps steps, Sessions sessions)
    {
        var form = http.Request.Form;
        var who = form["who"].ToString();
        if (!SessionCookie.IsPossible(http.Request) || await passwords.JudgeAsync(who, form["password"].ToString(), http.RequestAborted) is not { } account)
        {
            return Page(http, StatusCodes.Status403Forbidden, http.Words().Wrong("signIn.wrong"), who: who);
        }

        if (account.TotpKey is not null)
        {
            return await SecondStepForm.AskAsync(http, steps, account.Id, StatusCodes.Status200OK);
        }

        await sessions.BeginAsync(http, account.Id);
        return TypedResults.LocalRedirect(Next(http.Request));
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http, Sessions sessions)
    {
        await sessions.EndAsync(http);
        return TypedResults.LocalRedirect("/desk");
    }

    /// <summary>The page that was asked for; never one of another site, whatever the form says.</summary>
    public static string Next(HttpRequest request)
    {
        var wanted = request.HasFormContentType ? request.Form["next"].ToString()
            : request.Path.StartsWithSegments(Path, StringComparison.Ordinal) ? request.Query["next"].ToString() : $"{request.Path}{request.QueryString}";
        var isOurs = wanted == "/desk" || wanted.StartsWith("/desk?", StringComparison.Ordinal) || wanted.StartsWith("/desk/", StringComparison.Ordinal);
        return isOurs && !wanted.Any(char.IsControl) && !wanted.Contains('\\', StringComparison.Ordinal) ? wanted : "/desk";
    }
}
