using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>Somebody's own passkeys: making one, which the page's script does with the browser, and removing one.</summary>
internal static class OwnPasskeys
{
    /// <summary>Where a new one is kept; below it, at <c>/options</c>, what the browser is to be asked for.</summary>
    public const string Path = $"{OwnAccountPages.Path}/passkeys";

    public static void MapOwnPasskeys(this RouteGroupBuilder account)
    {
        account.MapPost("/passkeys/options", BeginAsync).WithMetadata(new NotNoted());
        account.MapPost("/passkeys", KeepAsync).WithMetadata(new NotedAs("addOwnPasskey"));
        account.MapPost("/passkeys/removal", RemoveAsync).WithMetadata(new NotedAs("removeOwnPasskey"));
    }

    private static async Task<IResult> BeginAsync(HttpContext http, Passkeys passkeys, PasswordSignIn passwords, AccountStore accounts)
    {
        if (await OwnAccountPages.KnowsPasswordAsync(http, passwords) is not { } account)
        {
            return Problems.WrongPassword();
        }

        return (await accounts.ListPasskeysAsync(account.Id, http.RequestAborted)).Count < Passkeys.Most
            ? TypedResults.Json(await passkeys.BeginNewAsync(http, account), Wire.Json)
            : Problems.TooManyPasskeys(Passkeys.Most);
    }

    private static async Task<IResult> KeepAsync(HttpContext http, Passkeys passkeys, AccountStore accounts, OwnAccountView view)
    {
        var form = http.Request.Form;
        var name = form["name"].ToString().Trim() is { Length: > 0 } typed ? typed : Device.Name(http.Request.Headers.UserAgent.ToString(), http.Words());
        if (EntryRules.CheckLine("name", name, Passkeys.NameLimit) is not null)
        {
            return await view.RefuseAsync(http, http.Words().Rule("line", Passkeys.NameLimit));
        }

        return await accounts.FindByIdAsync(http.Session().AccountId, http.RequestAborted) is { } account
            && await passkeys.KeepAsync(http, account, form["step"].ToString(), form["credential"].ToString(), name)
                ? await view.ShowAsync(http, done: http.Words()["passkeys.kept"])
                : await view.RefuseAsync(http, http.Words()["passkeys.notKept"]);
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, PasswordSignIn passwords, AccountStore accounts, Sessions sessions, OwnAccountView view)
    {
        if (await OwnAccountPages.KnowsPasswordAsync(http, passwords) is not { } account)
        {
            return await view.WrongPasswordAsync(http);
        }

        if (!await accounts.RemovePasskeyAsync(account.Id, http.Request.Form["passkey"].ToString(), http.RequestAborted))
        {
            return await view.RefuseAsync(http, http.Words()["passkeys.gone"]);
        }

        // Whoever has the telephone is out.
        await sessions.EndAllAsync(account.Id, but: http.Session().Id, http.RequestAborted);
        return await view.ShowAsync(http, done: http.Words()["passkeys.removed"]);
    }
}
