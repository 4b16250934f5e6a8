using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Somebody's own account: how they sign in, and where they are signed in. What changes a way in takes the password again.</summary>
internal static class OwnAccountPages
{
    /// <summary>The address of the page.</summary>
    public const string Path = "/desk/account";

    private const string CodesKind = "codes";

    public static void MapOwnAccount(this IEndpointRouteBuilder app)
    {
        var account = app.MapDeskForms().WithMetadata(new BodyLimit()).ForSignedIn(DeskRole.Reporter).MapGroup("/account").AddEndpointFilter(SignInRate.CountAsync);
        account.MapGet("", (HttpContext http, OwnAccountView view) => view.ShowAsync(http));
        account.MapPost("/password", ChangePasswordAsync).WithMetadata(new NotedAs("changeOwnPassword"));
        account.MapPost("/codes", BeginCodesAsync).WithMetadata(new NotNoted());
        account.MapPost("/codes/confirm", ConfirmCodesAsync).WithMetadata(new NotedAs("turnOnOwnCodes"));
        account.MapPost("/codes/off", EndCodesAsync).WithMetadata(new NotedAs("turnOffOwnCodes"));
        account.MapPost("/sessions", EndSessionsAsync).WithMetadata(new NotedAs("signOutEverywhere"));
        account.MapOwnPasskeys();
    }

    private static async Task<IResult> ChangePasswordAsync(HttpContext http, OwnAccountView view, PasswordSignIn passwords, UserManager<Account> manager, Sessions sessions)
    {
        var form = http.Request.Form;
        if (await KnowsPasswordAsync(http, passwords) is not { } account)
        {
            return await view.WrongPasswordAsync(http);
        }

        var password = form["password"].ToString();
        if ((password != form["again"].ToString() ? http.Words()["password.newDiffer"] : PasswordRules.Check(account, password, http.Words())) is { } broken)
        {
            return await view.RefuseAsync(http, broken);
        }

        if (!(await manager.ChangePasswordAsync(account, form["current"].ToString(), password)).Succeeded)
        {
            return await view.RefuseAsync(http, http.Words()["password.changedMeanwhile"]);
        }

        // Whoever knew the old one is out.
        await sessions.EndAllAsync(account.Id, but: http.Session().Id, http.RequestAborted);
        return await view.ShowAsync(http, done: http.Words()["password.changed"]);
    }

    private static async Task<IResult> BeginCodesAsync(HttpContext http, OwnAccountView view, PasswordSignIn passwords, SignInSteps steps) =>
        await KnowsPasswordAsync(http, passwords) is { } account
            ? await SetUpAsync(http, view, steps, account.Id, SecondStep.NewKey(), alert: null)
            : await view.WrongPasswordAsync(http);

    private static async Task<IResult> ConfirmCodesAsync(HttpContext http, OwnAccountView view, SignInSteps steps, SecondStep second)
    {
        var (session, form) = (http.Session(), http.Request.Form);
        if (await steps.EndAsync(CodesKind, form["step"].ToString(), http.RequestAborted) is not { } begun || begun.Account != session.AccountId)
        {
            return await view.RefuseAsync(http, http.Words()["codes.tooLate"]);
        }

        return await second.TurnOnAsync(session.AccountId, begun.Data, form["code"].ToString(), http.RequestAborted) is { } codes
            ? await view.ShowAsync(http, done: http.Words()["codes.isOn"], codes: codes)
            : await SetUpAsync(http, view, steps, session.AccountId, begun.Data, http.Words()["codes.wrong"]);
    }

    private static async Task<IResult> SetUpAsync(HttpContext http, OwnAccountView view, SignInSteps steps, string account, string key, string? alert) =>
        await view.ShowAsync(http, alert, setUp: new CodeSetUp(await steps.BeginAsync(CodesKind, account, key, http.RequestAborted), key, http.Session().Name));

    private static async Task<IResult> EndCodesAsync(HttpContext http, OwnAccountView view, PasswordSignIn passwords, SecondStep second)
    {
        if (await KnowsPasswordAsync(http, passwords) is not { } account)
        {
            return await view.WrongPasswordAsync(http);
        }

        await second.TurnOffAsync(account.Id, http.RequestAborted);
        return await view.ShowAsync(http, done: http.Words()["codes.isOff"]);
    }

    private static async Task<IResult> EndSessionsAsync(HttpContext http, Sessions sessions)
    {
        await sessions.EndAllAsync(http.Session().AccountId, but: null, http.RequestAborted);
        SessionCookie.Clear(http);
        return TypedResults.LocalRedirect("/desk");
    }

    // Who finds an open desk must not make it theirs for good.
    internal static Task<Account?> KnowsPasswordAsync(HttpContext http, PasswordSignIn passwords) =>
        passwords.JudgeAgainAsync(http.Session(), http.Request.Form["current"].ToString(), http.RequestAborted);
}
