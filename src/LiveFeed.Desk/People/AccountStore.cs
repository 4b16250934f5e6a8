using System.Data.Common;
using Dapper;
using LiveFeed.Archive.Databases;
using Microsoft.AspNetCore.Identity;

namespace LiveFeed.Desk;

/// <summary>
/// Identity's accounts, in the archive. Not by way of Entity Framework: on SQLite it would write past the queue that all other
/// writers stand in, and fail, or make them fail, for a file that is locked.
/// </summary>
public sealed partial class AccountStore(ArchiveDatabase database) : IUserPasswordStore<Account>, IUserPasskeyStore<Account>
{
    private const string Columns =
        "id AS Id, name AS Name, name_key AS NameKey, email AS Email, role AS Role, password_hash AS PasswordHash, totp_key AS TotpKey, "
        + "totp_last_step AS TotpLastStep, login AS Login, created_at AS CreatedAt, version AS Version";

    private static readonly IdentityResult Taken =
        IdentityResult.Failed(new IdentityError { Code = nameof(IdentityErrorDescriber.DuplicateUserName), Description = "The name or the e-mail address is another's." });

    /// <inheritdoc/>
    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        var made = await database.WriteAsync(
            """
            INSERT INTO accounts (id, name, name_key, email, role, password_hash, totp_key, totp_last_step, login, tries, tried_at, created_at, version)
            VALUES (@Id, @Name, @NameKey, @Email, @Role, @PasswordHash, @TotpKey, @TotpLastStep, @Login, 0, 0, @CreatedAt, @Version)
            ON CONFLICT DO NOTHING
            """,
            Row(user), cancellationToken);
        return made == 1 ? IdentityResult.Success : Taken;
    }

    /// <inheritdoc/>
    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var write = await database.BeginWriteAsync(cancellationToken);
        try
        {
            if (await write.Connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "SELECT COUNT(*) FROM accounts WHERE id <> @Id AND (name_key = @NameKey OR email = @Email OR login = @Login)",
                Row(user), write.Transaction, cancellationToken: cancellationToken)) > 0)
            {
                return Taken;
            }

            var changed = await write.Connection.ExecuteAsync(new CommandDefinition(
                """
                UPDATE accounts SET name = @Name, name_key = @NameKey, email = @Email, role = @Role, password_hash = @PasswordHash,
                    totp_key = @TotpKey, totp_last_step = @TotpLastStep, login = @Login, version = version + 1
                WHERE id = @Id AND version = @Version
                """,
                Row(user), write.Transaction, cancellationToken: cancellationToken));
            await write.CommitAsync(cancellationToken);
            user.Version += changed;
            return changed == 1 ? IdentityResult.Success : IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        }
        catch (DbException failure) when (failure.SqlState == "23505")
        {
            // Another node wrote the same name since we looked.
            return Taken;
        }
    }

    /// <inheritdoc/>
    public async Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        // Their sessions, passkeys and invitations go with them.
        await database.WriteAsync("DELETE FROM accounts WHERE id = @Id", new { user.Id }, cancellationToken);
        return IdentityResult.Success;
    }

    /// <inheritdoc/>
    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => FindAsync("id", userId, cancellationToken);

    /// <inheritdoc/>
    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindAsync("name_key", normalizedUserName, cancellationToken);

    /// <summary>The account of who comes from the identity provider under this name.</summary>
    public Task<Account?> FindByLoginAsync(string login, CancellationToken cancellation) => FindAsync("login", login, cancellation);

    /// <summary>The account with an e-mail address, as <see cref="EmailKey"/> has it.</summary>
    public Task<Account?> FindByEmailAsync(string email, CancellationToken cancellation) => FindAsync("email", email, cancellation);

    /// <summary>The account that somebody means who types a name or an e-mail address, in whatever case.</summary>
    public Task<Account?> FindByNameOrEmailAsync(string typed, UserManager<Account> manager, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(manager);
        return typed.Contains('@', StringComparison.Ordinal)
            ? FindByEmailAsync(EmailKey(typed)!, cancellation)
            : FindByNameAsync(manager.NormalizeName(typed.Trim()), cancellation);
    }

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(Of(user).Id);

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(Of(user).Name);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(Of(user).NameKey);

    /// <inheritdoc/>
    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(Of(user).PasswordHash);

    /// <inheritdoc/>
    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(Of(user).PasswordHash is not null);

    /// <inheritdoc/>
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken)
    {
        Of(user).Name = userName ?? "";
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken)
    {
        Of(user).NameKey = normalizedName ?? "";
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        Of(user).PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // One for the whole server; Identity disposes of what it was lent after each request.
    }

    /// <summary>An e-mail address as it is kept and compared.</summary>
    internal static string? EmailKey(string? email) => email?.Trim().ToLowerInvariant();

    private async Task<Account?> FindAsync(string column, string value, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Account>(
            new CommandDefinition($"SELECT {Columns} FROM accounts WHERE {column} = @value", new { value }, cancellationToken: cancellation));
    }

    private static Account Of(Account? user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user;
    }

    private static object Row(Account user) => new
    {
        Of(user).Id,
        user.Name,
        user.NameKey,
        user.Email,
        Role = user.Role.ToString(),
        user.PasswordHash,
        user.TotpKey,
        user.TotpLastStep,
        user.Login,
        user.CreatedAt,
        user.Version,
    };
}
