using System.Data.Common;
using System.Net;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace LiveFeed.Desk;

/// <summary>
/// Makes passkeys and judges them (WebAuthn, by Identity's handler). A passkey asks its owner for a finger, a face or a PIN, so
/// it is both steps at once; and it works for this very host only, so nobody can be lured out of it. What it must answer is kept
/// in the archive, not in a cookie: so it is asked once, whichever node the answer comes to.
/// </summary>
internal sealed class Passkeys(IPasskeyHandler<Account> handler, AccountStore accounts, SignInSteps steps, RefusedSignIns refused, TimeProvider clock)
{
    /// <summary>How many passkeys somebody may have.</summary>
    public const int Most = 20;

    /// <summary>Most characters of a name.</summary>
    public const int NameLimit = 60;

    private const string NewKind = "new-passkey";
    private const string ShownKind = "passkey";

    /// <summary>Whether passkeys work at the address that this request came to: they belong to a name (WebAuthn, 5.1.3: a valid domain).</summary>
    public static bool ArePossible(HttpRequest request) => SessionCookie.IsPossible(request) && !IPAddress.TryParse(request.Host.Host, out _);

    /// <summary>Begins to make one.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<PasskeyStep> BeginNewAsync(HttpContext http, Account account)
    {
        var asked = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id, Name = account.Email ?? account.Name, DisplayName = account.Name }, http);
        return await BeginAsync(NewKind, account.Id, asked.AttestationState, asked.CreationOptionsJson, http);
    }

    /// <summary>Keeps one that a browser has made. False when it isn't what was asked for, or too late.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> KeepAsync(HttpContext http, Account account, string step, string credential, string name)
    {
        if (await steps.EndAsync(NewKind, step, http.RequestAborted) is not { } begun || begun.Account != account.Id)
        {
            return false;
        }

        var made = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = begun.Data });
        ThrowIfAway(made.Failure);
        if (!made.Succeeded)
        {
            return false;
        }

        made.Passkey.Name = name;
        await accounts.AddOrUpdatePasskeyAsync(account, made.Passkey, http.RequestAborted);
        return true;
    }

    /// <summary>Begins to ask for one, of anybody.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<PasskeyStep> BeginAskingAsync(HttpContext http)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        return await BeginAsync(ShownKind, account: null, asked.AssertionState, asked.RequestOptionsJson, http);
    }

    /// <summary>Whose passkey was shown; null when it is nobody's, a copy, not what was asked for, or too late.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<Account?> JudgeAsync(HttpContext http, string step, string credential)
    {
        if (await steps.EndAsync(ShownKind, step, http.RequestAborted) is not { } begun)
        {
            refused.Count(null, "a passkey was shown that wasn't asked for, a second time, or too late");
            return null;
        }

        var shown = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = begun.Data });
        ThrowIfAway(shown.Failure);
        if (shown.Succeeded && await accounts.NotePasskeyUseAsync(shown.User, shown.Passkey, clock.GetUtcNow(), http.RequestAborted))
        {
            return shown.User;
        }

        refused.Count(shown.User?.Name, shown.Failure?.Message ?? "the passkey is removed, or a copy");
        return null;
    }

    private async Task<PasskeyStep> BeginAsync(string kind, string? account, string? state, string options, HttpContext http) =>
        new(await steps.BeginAsync(kind, account, state ?? "", http.RequestAborted), JsonElement.Parse(options));

    // Identity takes every failure for the passkey's.
    private static void ThrowIfAway(PasskeyException? failure)
    {
        if (failure?.InnerException is DbException away)
        {
            ExceptionDispatchInfo.Throw(away);
        }
    }
}

/// <summary>What a browser needs to make or show a passkey.</summary>
/// <param name="Step">The secret that names what was begun.</param>
/// <param name="Options">What the browser is asked for, as WebAuthn has it.</param>
internal sealed record PasskeyStep(string Step, JsonElement Options);
