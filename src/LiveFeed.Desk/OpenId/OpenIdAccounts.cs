using System.Data.Common;
using System.Security.Claims;
using LiveFeed.Contracts.Languages;
using Microsoft.AspNetCore.Identity;

namespace LiveFeed.Desk;

/// <summary>
/// Finds the account of somebody whom the identity provider vouches for. The first time that is by their e-mail address, if the
/// provider has verified it; from then on by the provider's own name for them, which nobody else is ever given.
/// </summary>
internal sealed class OpenIdAccounts(OpenIdProvider provider, AccountStore accounts, UserManager<Account> manager, Invitations invitations, TimeProvider clock)
{
    /// <summary>Their account, or why they have none, in these words.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<(Account? Account, string Refusal)> FindAsync(ClaimsPrincipal who, LanguageWords words, CancellationToken cancellation)
    {
        var subject = who.FindFirst("sub")!;
        var login = $"{subject.Issuer} {subject.Value}";
        var email = bool.TryParse(who.FindFirstValue("email_verified"), out var isVerified) && isVerified ? AccountStore.EmailKey(who.FindFirstValue("email")) : null;
        var role = provider.RoleOf(who);
        if (provider.RoleClaim is not null && role is null)
        {
            return (null, words["provider.noRole", ("provider", provider.Name)]);
        }

        while (true)
        {
            var account = await accounts.FindByLoginAsync(login, cancellation) ?? (email is null ? null : await accounts.FindByEmailAsync(email, cancellation));
            if (account is null)
            {
                return role is null ? (null, Unknown(email, words)) : await CreateAsync(words, login, who.FindFirstValue("name"), email, role.Value);
            }

            if (account.Login is not null && account.Login != login)
            {
                return (null, words["provider.otherName", ("provider", provider.Name)]);
            }

            if (account.Login == login && (role ?? account.Role) == account.Role)
            {
                return (account, "");
            }

            (account.Login, account.Role) = (login, role ?? account.Role);
            var result = await manager.UpdateAsync(account);
            if (result.Succeeded)
            {
                await invitations.EndAsync(account.Id, cancellation);
                return (account, "");
            }

            if (result.Errors.All(error => error.Code != nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            {
                return (null, Unknown(email, words));
            }
        }
    }

    private async Task<(Account? Account, string Refusal)> CreateAsync(LanguageWords words, string login, string? name, string? email, DeskRole role)
    {
        var account = new Account
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            Name = name?.Trim() ?? "",
            Email = email,
            Role = role,
            Login = login,
            CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return new PersonChange { Name = account.Name, Email = email }.Check() is null && (await manager.CreateAsync(account)).Succeeded
            ? (account, "")
            : (null, words["provider.noAccount", ("provider", provider.Name)]);
    }

    private string Unknown(string? email, LanguageWords words) => words[email is null ? "provider.noEmail" : "provider.unknown", ("provider", provider.Name), ("email", email)];
}
