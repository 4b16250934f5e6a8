using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveFeed.Desk;

/// <summary>Asks for a code after a password that was right. Nobody is signed in until the code is, too.</summary>
internal static class SecondStepForm
{
    /// <summary>Where a code is sent.</summary>
    public const string Path = "/desk/sign-in/code";

    private const string Kind = "code";

    /// <summary>The page that asks.</summary>
    public static async Task<IResult> AskAsync(HttpContext http, SignInSteps steps, string account, int status, string? alert = null)
    {
        var step = await steps.BeginAsync(Kind, account, data: "", http.RequestAborted);
        return new RazorComponentResult<SecondStepPage>(new Dictionary<string, object?>
        {
            [nameof(SecondStepPage.Step)] = step,
            [nameof(SecondStepPage.Next)] = SignIn.Next(http.Request),
            [nameof(SecondStepPage.Alert)] = alert,
        })
        {
            StatusCode = status,
        };
    }

    public static async Task<IResult> JudgeAsync(HttpContext http, SignInSteps steps, AccountStore accounts, SignInTries tries, SecondStep second, RefusedSignIns refused, Sessions sessions)
    {
        var form = http.Request.Form;
        if (await steps.EndAsync(Kind, form["step"].ToString(), http.RequestAborted) is not { Account: { } id } || await accounts.FindByIdAsync(id, http.RequestAborted) is not { } account
            || !await tries.TakeAsync(id, http.RequestAborted))
        {
            return SignIn.Page(http, StatusCodes.Status403Forbidden, http.Words()["signIn.codeTooLate"]);
        }

        if (!await second.JudgeAsync(account, form["code"].ToString(), http.RequestAborted))
        {
            refused.Count(account.Name, "the code was wrong, or was used before");
            return await AskAsync(http, steps, id, StatusCodes.Status403Forbidden, http.Words()["signIn.codeWrong"]);
        }

        await sessions.BeginAsync(http, id);
        return TypedResults.LocalRedirect(SignIn.Next(http.Request));
    }
}
