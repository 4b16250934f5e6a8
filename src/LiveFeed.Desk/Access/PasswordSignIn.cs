using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LiveFeed.Desk;

/// <summary>
/// Judges a name and a password. Whoever gets a no learns nothing else, neither from the words nor from the time that they took:
/// not whether there is such an account, nor whether it rests.
/// </summary>
public sealed class PasswordSignIn
{
    // Longer than the slowest no takes, as long as the machine isn't overrun.
    private static readonly TimeSpan EveryNoTakes = TimeSpan.FromMilliseconds(300);

    private readonly UserManager<Account> manager;
    private readonly AccountStore accounts;
    private readonly SignInTries tries;
    private readonly TimeProvider clock;
    private readonly RefusedSignIns refused;
    private readonly string decoy;

    /// <summary>Gets ready to judge.</summary>
    public PasswordSignIn(UserManager<Account> manager, AccountStore accounts, SignInTries tries, Decoy decoy, TimeProvider clock, RefusedSignIns refused)
    {
        ArgumentNullException.ThrowIfNull(decoy);
        (this.manager, this.accounts, this.tries, this.clock, this.refused, this.decoy) = (manager, accounts, tries, clock, refused, decoy.Hash);
    }

    /// <summary>The account whose name, or e-mail address, and password these are; null when they aren't, or the account rests.</summary>
    public async Task<Account?> JudgeAsync(string who, string password, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(who);
        ArgumentNullException.ThrowIfNull(password);
        var began = clock.GetTimestamp();
        var account = who.Length > 300 ? null : await accounts.FindByNameOrEmailAsync(who, manager, cancellation);
        return await JudgeAsync(account, password, began, cancellation);
    }

    /// <summary>The account of somebody who is signed in, when this is their password. A wrong one counts as it does when they sign in.</summary>
    public async Task<Account?> JudgeAgainAsync(Session session, string password, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(password);
        var began = clock.GetTimestamp();
        var account = await JudgeAsync(await accounts.FindByIdAsync(session.AccountId, cancellation), password, began, cancellation);
        if (account is not null)
        {
            await tries.ForgetAsync(account.Id, cancellation);
        }

        return account;
    }

    private async Task<Account?> JudgeAsync(Account? account, string password, long began, CancellationToken cancellation)
    {
        var mayTry = account is { PasswordHash: not null } && await tries.TakeAsync(account.Id, cancellation);
        var isRight = manager.PasswordHasher.VerifyHashedPassword(
            account ?? new Account(), account?.PasswordHash ?? decoy, password.Length > PasswordRules.Most ? "" : password) is not PasswordVerificationResult.Failed;
        if (mayTry && isRight)
        {
            return account;
        }

        refused.Count(account?.Name, "the name or the password was wrong, or the account rests");
        if (EveryNoTakes - clock.GetElapsedTime(began) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, clock, cancellation);
        }

        return null;
    }

    /// <summary>What is compared with where there is no account, so that it takes as long.</summary>
    public sealed class Decoy(IOptions<PasswordHasherOptions> options)
    {
        private readonly Lazy<string> hash = new(() => new PasswordHasher<Account>(options).HashPassword(new Account(), Guid.NewGuid().ToString()));

        /// <summary>The hash of a password that nobody has.</summary>
        public string Hash => hash.Value;
    }
}
