using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace LiveFeed.Desk;

/// <summary>
/// Finds the account of somebody whom the identity provider vouches for. The first time that is by their e-mail address, if the
/// provider has verified it; from then on by the provider's own name for them, which nobody else is ever given.
/// </summary>
internal sealed class OpenIdAccounts(OpenIdProvider provider, AccountStore accounts, UserManager<Account> manager, Invitations invitations, TimeProvider clock)
{
    /// <summary>Their account, or why they have none.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<(Account? Account, string Refusal)> FindAsync(ClaimsPrincipal who, CancellationToken cancellation)
    {
        var subject = who.FindFirst("sub")!;
        var login = $"{subject.Issuer} {subject.Value}";
        var email = bool.TryParse(who.FindFirstValue("email_verified"), out var isVerified) && isVerified ? AccountStore.EmailKey(who.FindFirstValue("email")) : null;
        var role = provider.RoleOf(who);
        if (provider.RoleClaim is not null && role is null)
        {
            return (null, $"{provider.Name} gives you no role in this newsroom. Ask an administrator for one.");
        }

        while (true)
        {
            var account = await accounts.FindByLoginAsync(login, cancellation) ?? (email is null ? null : await accounts.FindByEmailAsync(email, cancellation));
            if (account is null)
            {
                return role is null ? (null, Unknown(email)) : await CreateAsync(login, who.FindFirstValue("name"), email, role.Value);
            }

            if (account.Login is not null && account.Login != login)
            {
                return (null, $"The account with your e-mail address came from {provider.Name} under another name before. Ask an administrator for a new invitation.");
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
                return (null, Unknown(email));
            }
        }
    }

    private async Task<(Account? Account, string Refusal)> CreateAsync(string login, string? name, string? email, DeskRole role)
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
            : (null, $"An account can't be made of what {provider.Name} tells of you: it takes a name that nobody else here has. Ask an administrator.");
    }

    private string Unknown(string? email) => email is null
        ? $"{provider.Name} knows you, but tells no e-mail address of you that it has verified, and by that you would be known here. Ask an administrator."
        : $"{provider.Name} knows you, but nobody with the address {email} has an account in this newsroom. Ask an administrator to invite you.";
}
