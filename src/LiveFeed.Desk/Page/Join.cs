using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>
/// Where an invitation leads: somebody chooses a password and is in. Opening it uses nothing up, since mail scanners open links
/// too; nor does a password that is refused.
/// </summary>
internal static class Join
{
    /// <summary>The address of the page.</summary>
    public const string Path = "/desk/join";

    public static void MapJoin(this IEndpointRouteBuilder app)
    {
        var desk = app.MapDeskForms().AllowAnonymous().WithMetadata(new BodyLimit()).AddEndpointFilter(SignInRate.CountAsync);
        desk.MapGet("/join", ShowAsync);
        desk.MapPost("/join", ChooseAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Invitations invitations, AccountStore accounts, string? invitation)
    {
        var account = await InvitedAsync(invitations, accounts, invitation, http.RequestAborted);
        return Page(http, account, invitation, alert: null, account is null ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK);
    }

    private static async Task<IResult> ChooseAsync(HttpContext http, Invitations invitations, AccountStore accounts, UserManager<Account> manager, Sessions sessions)
    {
        var form = http.Request.Form;
        var secret = form["invitation"].ToString();
        var password = form["password"].ToString();
        if (await InvitedAsync(invitations, accounts, secret, http.RequestAborted) is not { } account || !SessionCookie.IsPossible(http.Request))
        {
            return Page(http, null, secret, alert: null, StatusCodes.Status403Forbidden);
        }

        var words = http.Words();
        var broken = password != form["again"].ToString() ? words["password.differ"] : PasswordRules.Check(account, password, words);
        if (broken is not null)
        {
            return Page(http, account, secret, broken, StatusCodes.Status400BadRequest);
        }

        if (!await invitations.UseAsync(secret, account.Id, http.RequestAborted)
            || await accounts.FindByIdAsync(account.Id, http.RequestAborted) is not { } fresh
            || !(await manager.AddPasswordAsync(fresh, password)).Succeeded)
        {
            return Page(http, null, secret, alert: null, StatusCodes.Status403Forbidden);
        }

        await sessions.BeginAsync(http, account.Id);
        return TypedResults.LocalRedirect("/desk");
    }

    private static async Task<Account?> InvitedAsync(Invitations invitations, AccountStore accounts, string? secret, CancellationToken cancellation) =>
        secret is { Length: > 0 and < 200 } && await invitations.FindAsync(secret, cancellation) is { } id ? await accounts.FindByIdAsync(id, cancellation) : null;

    private static RazorComponentResult<JoinPage> Page(HttpContext http, Account? account, string? secret, string? alert, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(JoinPage.Account)] = SessionCookie.IsPossible(http.Request) ? account : null,
            [nameof(JoinPage.Secret)] = secret,
            [nameof(JoinPage.Alert)] = !SessionCookie.IsPossible(http.Request) ? SessionCookie.Refusal(http.Request)
                : account is null ? http.Words()["join.used"]
                : alert,
        })
        {
            StatusCode = status,
        };
}
