using Microsoft.AspNetCore.Identity;

namespace LiveFeed.Desk;

/// <summary>Invites people, changes what they may do, and lets them go. What it does counts from the next request on.</summary>
public sealed class Staff(UserManager<Account> manager, AccountStore accounts, Invitations invitations, Sessions sessions, People people, TimeProvider clock)
{
    /// <summary>Invites somebody; null when the name or the e-mail address is another's.</summary>
    /// <returns>The secret of the link that they come in by, and until when it works.</returns>
    public async Task<(Person Person, string Secret, DateTimeOffset ExpiresAt)?> InviteAsync(NewPerson wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var account = new Account
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            Name = wanted.Name!.Trim(),
            Email = AccountStore.EmailKey(wanted.Email),
            Role = wanted.Role!.Value,
            CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return (await manager.CreateAsync(account)).Succeeded ? await InviteAgainAsync(account.Id, cancellation) : null;
    }

    /// <summary>Makes a new link for somebody who lost theirs, or all their ways in. Null when there is nobody.</summary>
    public async Task<(Person Person, string Secret, DateTimeOffset ExpiresAt)?> InviteAgainAsync(string id, CancellationToken cancellation)
    {
        if (await people.FindAsync(id, cancellation) is not { } person || id == Account.OperatorId)
        {
            return null;
        }

        var (secret, expires) = await invitations.CreateAsync(id, cancellation);
        return (person, secret, expires);
    }

    /// <summary>Invites somebody, or, where there is somebody of just this name, makes them a new link. Null when the name or the address is another's.</summary>
    /// <returns>The secret of the link.</returns>
    public async Task<string?> InviteOrInviteAgainAsync(NewPerson wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return (await InviteAsync(wanted, cancellation)
            ?? (await accounts.FindByNameOrEmailAsync(wanted.Name!, manager, cancellation) is { } there && (wanted.Email is null || there.Email == AccountStore.EmailKey(wanted.Email))
                ? await InviteAgainAsync(there.Id, cancellation) : null))?.Secret;
    }

    /// <summary>Changes somebody's name, address or role.</summary>
    public async Task<Outcome> ChangeAsync(string id, PersonChange change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (await FindAsync(id, cancellation) is { } account)
        {
            account.Name = change.Name?.Trim() ?? account.Name;
            account.Email = change.Email is null ? account.Email : AccountStore.EmailKey(change.Email);
            account.Role = change.Role ?? account.Role;
            var result = await manager.UpdateAsync(account);
            if (result.Succeeded)
            {
                return Outcome.Done;
            }

            if (result.Errors.All(error => error.Code != nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            {
                return Outcome.Taken;
            }
        }

        return Outcome.Unknown;
    }

    /// <summary>Removes somebody's account and ends their sessions. What they wrote stays, under their name.</summary>
    public async Task<Outcome> RemoveAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } account)
        {
            return Outcome.Unknown;
        }

        await manager.DeleteAsync(account);
        return Outcome.Done;
    }

    /// <summary>Removes the account of somebody by their name or e-mail address. False when there is nobody.</summary>
    public async Task<bool> RemoveByNameAsync(string who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(who);
        return await accounts.FindByNameOrEmailAsync(who, manager, cancellation) is { } account && await RemoveAsync(account.Id, cancellation) is Outcome.Done;
    }

    /// <summary>Signs somebody out everywhere.</summary>
    public async Task<Outcome> SignOutAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is null)
        {
            return Outcome.Unknown;
        }

        await sessions.EndAllAsync(id, but: null, cancellation);
        return Outcome.Done;
    }

    private async Task<Account?> FindAsync(string id, CancellationToken cancellation) =>
        id == Account.OperatorId ? null : await accounts.FindByIdAsync(id, cancellation);

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>It is so.</summary>
        Done,

        /// <summary>There is nobody of this id.</summary>
        Unknown,

        /// <summary>The name or the e-mail address is another's.</summary>
        Taken,
    }
}
