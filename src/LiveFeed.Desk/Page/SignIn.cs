using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>
/// Signs somebody in by a one-time link. Opening the link only shows a button, and the button uses the link up: a mail
/// scanner or a chat preview that opens it costs nothing.
/// </summary>
internal static class SignIn
{
    /// <summary>The address of the link's page.</summary>
    public const string Path = "/desk/sign-in";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var desk = app.MapGroup("/desk").AllowAnonymous().AddEndpointFilter<PageHeaders>().ExcludeFromDescription();
        desk.MapGet("/sign-in", Show);
        desk.MapPost("/sign-in", UseAsync).DisableAntiforgery();
        desk.MapPost("/sign-out", (Delegate)SignOutAsync).DisableAntiforgery();
    }

    private static RazorComponentResult<SignInPage> Show(string? link) =>
        new(new Dictionary<string, object?> { [nameof(SignInPage.Link)] = link });

    private static async Task<IResult> UseAsync(HttpContext http, SignInLinks links)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!await links.UseAsync(form["link"].ToString(), http.RequestAborted))
        {
            return new RazorComponentResult<SignInPage>(new Dictionary<string, object?> { [nameof(SignInPage.UsedUp)] = true })
            {
                StatusCode = StatusCodes.Status403Forbidden,
            };
        }

        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Gate.Session("desk"));
        return TypedResults.LocalRedirect("/desk");
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect("/desk");
    }
}
