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
            INSERT INTO passkeys (credential_id, account_id, name, created_at, data) VALUES (@id, @account, @name, @created, @data)
            ON CONFLICT (credential_id) DO UPDATE SET name = @name, data = @data WHERE passkeys.account_id = @account
            """,
            new
            {
                id = Base64Url.EncodeToString(passkey.CredentialId),
                account = Of(user).Id,
                name = passkey.Name ?? "Passkey",
                created = passkey.CreatedAt.ToUnixTimeMilliseconds(),
                data = JsonSerializer.Serialize(Told.Of(passkey)),
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<PasskeyRow>(new CommandDefinition(
            $"{PasskeyRow.Select} WHERE account_id = @Id ORDER BY created_at, credential_id", new { Of(user).Id }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToPasskey())];
    }

    /// <inheritdoc/>
    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        await FindRowAsync(credentialId, cancellationToken) is { } row && row.AccountId == Of(user).Id ? row.ToPasskey() : null;

    /// <inheritdoc/>
    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await FindRowAsync(credentialId, cancellationToken) is { } row ? await FindByIdAsync(row.AccountId, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            "DELETE FROM passkeys WHERE credential_id = @id AND account_id = @account",
            new { id = Base64Url.EncodeToString(credentialId), account = Of(user).Id }, cancellationToken);
    }

    private async Task<PasskeyRow?> FindRowAsync(byte[] credentialId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<PasskeyRow>(new CommandDefinition(
            $"{PasskeyRow.Select} WHERE credential_id = @id", new { id = Base64Url.EncodeToString(credentialId) }, cancellationToken: cancellation));
    }

    private sealed record PasskeyRow
    {
        public const string Select = "SELECT credential_id AS CredentialId, account_id AS AccountId, name AS Name, created_at AS CreatedAt, data AS Data FROM passkeys";

        public string CredentialId { get; init; } = "";
        public string AccountId { get; init; } = "";
        public string Name { get; init; } = "";
        public long CreatedAt { get; init; }
        public string Data { get; init; } = "";

        public UserPasskeyInfo ToPasskey()
        {
            var told = JsonSerializer.Deserialize<Told>(Data)!;
            return new UserPasskeyInfo(
                Base64Url.DecodeFromChars(CredentialId), told.PublicKey, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt), told.SignCount, told.Transports,
                told.IsUserVerified, told.IsBackupEligible, told.IsBackedUp, told.AttestationObject, told.ClientDataJson)
            {
                Name = Name,
            };
        }
    }

    /// <summary>What an authenticator told of a passkey.</summary>
    private sealed record Told(
        byte[] PublicKey, uint SignCount, string[]? Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp, byte[] AttestationObject, byte[] ClientDataJson)
    {
        public static Told Of(UserPasskeyInfo passkey) => new(
            passkey.PublicKey, passkey.SignCount, passkey.Transports, passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp,
            passkey.AttestationObject, passkey.ClientDataJson);
    }
}
