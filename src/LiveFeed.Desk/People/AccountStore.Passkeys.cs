using System.Buffers.Text;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace LiveFeed.Desk;

/// <summary>The passkeys of the accounts.</summary>
public sealed partial class AccountStore
{
    /// <inheritdoc/>
    public async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        await database.WriteAsync(
            """
            INSERT INTO passkeys (credential_id, account_id, name, created_at, sign_count, data) VALUES (@id, @account, @name, @created, @count, @data)
            ON CONFLICT (credential_id) DO UPDATE SET name = @name, sign_count = @count, data = @data WHERE passkeys.account_id = @account
            """,
            new
            {
                id = Base64Url.EncodeToString(passkey.CredentialId),
                account = Of(user).Id,
                name = passkey.Name ?? "Passkey",
                created = passkey.CreatedAt.ToUnixTimeMilliseconds(),
                count = (long)passkey.SignCount,
                data = JsonSerializer.Serialize(Told.Of(passkey)),
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await FindRowsAsync(Of(user).Id, cancellationToken)).Select(row => row.ToPasskey())];

    /// <inheritdoc/>
    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        await FindRowAsync(credentialId, cancellationToken) is { } row && row.AccountId == Of(user).Id ? row.ToPasskey() : null;

    /// <inheritdoc/>
    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await FindRowAsync(credentialId, cancellationToken) is { } row ? await FindByIdAsync(row.AccountId, cancellationToken) : null;

    /// <summary>The passkeys of an account as lists show them, the oldest first.</summary>
    public async Task<IReadOnlyList<KeptPasskey>> ListPasskeysAsync(string account, CancellationToken cancellation) =>
        [.. (await FindRowsAsync(account, cancellation)).Select(row => new KeptPasskey(
            row.CredentialId, row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
            row.LastUsedAt is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null))];

    /// <summary>Notes that a passkey was shown. False when it is gone, or its count doesn't go on: another has shown the same, so one of the two is a copy.</summary>
    public async Task<bool> NotePasskeyUseAsync(Account user, UserPasskeyInfo shown, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(shown);
        // Passkeys that their maker keeps on several devices count nothing: always 0.
        return await database.WriteAsync(
            """
            UPDATE passkeys SET sign_count = @count, last_used_at = @now, data = @data
            WHERE credential_id = @id AND account_id = @account AND (sign_count < @count OR (sign_count = 0 AND @count = 0))
            """,
            new
            {
                id = Base64Url.EncodeToString(shown.CredentialId),
                account = Of(user).Id,
                count = (long)shown.SignCount,
                now = now.ToUnixTimeMilliseconds(),
                data = JsonSerializer.Serialize(Told.Of(shown)),
            },
            cancellation) == 1;
    }

    /// <summary>Removes one of an account's passkeys by the id that lists show. False when there is none.</summary>
    public async Task<bool> RemovePasskeyAsync(string account, string id, CancellationToken cancellation) =>
        await database.WriteAsync("DELETE FROM passkeys WHERE credential_id = @id AND account_id = @account", new { id, account }, cancellation) == 1;

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        RemovePasskeyAsync(Of(user).Id, Base64Url.EncodeToString(credentialId), cancellationToken);

    private async Task<IEnumerable<PasskeyRow>> FindRowsAsync(string account, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QueryAsync<PasskeyRow>(new CommandDefinition(
            $"{PasskeyRow.Select} WHERE account_id = @account ORDER BY created_at, credential_id", new { account }, cancellationToken: cancellation));
    }

    private async Task<PasskeyRow?> FindRowAsync(byte[] credentialId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<PasskeyRow>(new CommandDefinition(
            $"{PasskeyRow.Select} WHERE credential_id = @id", new { id = Base64Url.EncodeToString(credentialId) }, cancellationToken: cancellation));
    }

    private sealed record PasskeyRow
    {
        public const string Select = "SELECT credential_id AS CredentialId, account_id AS AccountId, name AS Name, created_at AS CreatedAt, last_used_at AS LastUsedAt, sign_count AS SignCount, data AS Data FROM passkeys";

        public string CredentialId { get; init; } = "";
        public string AccountId { get; init; } = "";
        public string Name { get; init; } = "";
        public long CreatedAt { get; init; }
        public long? LastUsedAt { get; init; }
        public long SignCount { get; init; }
        public string Data { get; init; } = "";

        public UserPasskeyInfo ToPasskey()
        {
            var told = JsonSerializer.Deserialize<Told>(Data)!;
            return new UserPasskeyInfo(
                Base64Url.DecodeFromChars(CredentialId), told.PublicKey, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt), (uint)SignCount, told.Transports,
                told.IsUserVerified, told.IsBackupEligible, told.IsBackedUp, told.AttestationObject, told.ClientDataJson)
            {
                Name = Name,
            };
        }
    }

    /// <summary>What an authenticator told of a passkey.</summary>
    private sealed record Told(
        byte[] PublicKey, string[]? Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp, byte[] AttestationObject, byte[] ClientDataJson)
    {
        public static Told Of(UserPasskeyInfo passkey) => new(
            passkey.PublicKey, passkey.Transports, passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp,
            passkey.AttestationObject, passkey.ClientDataJson);
    }
}

/// <summary>A passkey, as its owner's list shows it.</summary>
/// <param name="Id">Tells passkeys apart; nobody can sign in with it.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When somebody last signed in with it; null when nobody has.</param>
public sealed record KeptPasskey(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);
