using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveFeed.Desk;

/// <summary>Puts together what the page of somebody's own account shows.</summary>
internal sealed class OwnAccountView(People people, AccountStore accounts, Sessions sessions, SecondStep second)
{
    public async Task<IResult> ShowAsync(
        HttpContext http, string? alert = null, string? done = null, CodeSetUp? setUp = null, IReadOnlyList<string>? codes = null, int status = StatusCodes.Status200OK)
    {
        var session = http.Session();
        if (await people.FindAsync(session.AccountId, http.RequestAborted) is not { } person)
        {
            // Removed since the request began.
            return SignIn.Page(http, StatusCodes.Status401Unauthorized);
        }

        var hasPassword = (await accounts.FindByIdAsync(session.AccountId, http.RequestAborted))?.PasswordHash is not null;
        return new RazorComponentResult<OwnAccountPage>(new Dictionary<string, object?>
        {
            [nameof(OwnAccountPage.Session)] = session,
            [nameof(OwnAccountPage.Person)] = person,
            [nameof(OwnAccountPage.HasPassword)] = hasPassword,
            [nameof(OwnAccountPage.Sessions)] = await sessions.ListAsync(session.AccountId, http.RequestAborted),
            [nameof(OwnAccountPage.RecoveryCodesLeft)] = await second.CountRecoveryCodesAsync(session.AccountId, http.RequestAborted),
            [nameof(OwnAccountPage.Passkeys)] = await accounts.ListPasskeysAsync(session.AccountId, http.RequestAborted),
            [nameof(OwnAccountPage.TakesPasskeys)] = Passkeys.ArePossible(http.Request),
            [nameof(OwnAccountPage.NewPasskeyName)] = Device.Name(http.Request.Headers.UserAgent.ToString(), http.Words()),
            [nameof(OwnAccountPage.Alert)] = alert,
            [nameof(OwnAccountPage.Done)] = done,
            [nameof(OwnAccountPage.SetUp)] = setUp,
            [nameof(OwnAccountPage.NewRecoveryCodes)] = codes,
        })
        {
            StatusCode = status,
        };
    }

    public Task<IResult> RefuseAsync(HttpContext http, string alert) => ShowAsync(http, alert, status: StatusCodes.Status400BadRequest);

    public Task<IResult> WrongPasswordAsync(HttpContext http) => ShowAsync(http, http.Words().Wrong("password.wrong"), status: StatusCodes.Status403Forbidden);
}
