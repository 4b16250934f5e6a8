using LiveFeed.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LiveFeed.Desk;

/// <summary>The form that signs in with a passkey; the page's script fills it in.</summary>
internal static class PasskeySignIn
{
    /// <summary>Where a passkey is shown; below it, at <c>/options</c>, what the browser is to be asked for.</summary>
    public const string Path = "/desk/sign-in/passkey";

    public static void MapPasskeySignIn(this RouteGroupBuilder signIn)
    {
        signIn.MapPost("/sign-in/passkey/options", AskAsync);
        signIn.MapPost("/sign-in/passkey", JudgeAsync);
    }

    private static async Task<JsonHttpResult<PasskeyStep>> AskAsync(HttpContext http, Passkeys passkeys) => TypedResults.Json(await passkeys.BeginAskingAsync(http), Wire.Json);

    private static async Task<IResult> JudgeAsync(HttpContext http, Passkeys passkeys, Sessions sessions)
    {
        var form = http.Request.Form;
        if (!SessionCookie.IsPossible(http.Request) || await passkeys.JudgeAsync(http, form["step"].ToString(), form["credential"].ToString()) is not { } account)
        {
            return SignIn.Page(http, StatusCodes.Status403Forbidden, http.Words()["signIn.passkeyUnknown"]);
        }

        await sessions.BeginAsync(http, account.Id);
        return TypedResults.LocalRedirect(SignIn.Next(http.Request));
    }
}
