using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using LiveFeed.Archive.Databases;
using OtpNet;

namespace LiveFeed.Desk;

/// <summary>
/// The second step of signing in: a code of an app (TOTP, RFC 6238), or one of ten recovery codes when the telephone is gone. No
/// code works twice, on whichever node. (Identity's own provider takes a code again as long as its time lasts.)
/// </summary>
public sealed class SecondStep(ArchiveDatabase database, TimeProvider clock)
{
    /// <summary>How many recovery codes somebody gets.</summary>
    public const int RecoveryCodes = 10;

    // A telephone's clock may be half a minute wrong, either way.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Makes what an app and the server make codes of, as apps take it (Base32).</summary>
    public static string NewKey() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(20));

    /// <summary>Judges a code of an account that has the second step on, and uses it up.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<bool> JudgeAsync(Account account, string code, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(code);
        if (account.TotpKey is null)
        {
            return false;
        }

        return StepOf(account.TotpKey, code) is { } step
            ? await database.WriteAsync(
                "UPDATE accounts SET totp_last_step = @step, version = version + 1 WHERE id = @Id AND totp_key = @TotpKey AND totp_last_step < @step",
                new { step, account.Id, account.TotpKey }, cancellation) == 1
            : await database.WriteAsync(
                "DELETE FROM recovery_codes WHERE account_id = @Id AND code_hash = @hash", new { account.Id, hash = Hash(code) }, cancellation) == 1;
    }

    /// <summary>Turns the second step on.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="key">What <see cref="NewKey"/> made.</param>
    /// <param name="code">A code of the app, which shows that it has the key.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <returns>The recovery codes, which can't be shown again; null when the code is wrong.</returns>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(string account, string key, string code, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (StepOf(key, code) is not { } step)
        {
            return null;
        }

        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => NewCode()).ToList();
        await using var write = await database.BeginWriteAsync(cancellation);
        await write.Connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM recovery_codes WHERE account_id = @account; UPDATE accounts SET totp_key = @key, totp_last_step = @step, version = version + 1 WHERE id = @account",
            new { account, key, step }, write.Transaction, cancellationToken: cancellation));
        await write.Connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO recovery_codes (account_id, code_hash) VALUES (@account, @hash)",
            codes.Select(one => new { account, hash = Hash(one) }), write.Transaction, cancellationToken: cancellation));
        await write.CommitAsync(cancellation);
        return codes;
    }

    /// <summary>Turns the second step off.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public Task TurnOffAsync(string account, CancellationToken cancellation) => database.WriteAsync(
        "DELETE FROM recovery_codes WHERE account_id = @account; UPDATE accounts SET totp_key = NULL, version = version + 1 WHERE id = @account", new { account }, cancellation);

    /// <summary>How many recovery codes somebody has left.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<long> CountRecoveryCodesAsync(string account, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ExecuteScalarAsync<long>(
            new CommandDefinition("SELECT COUNT(*) FROM recovery_codes WHERE account_id = @account", new { account }, cancellationToken: cancellation));
    }

    private long? StepOf(string key, string code)
    {
        var digits = string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
        return digits.Length == 6 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(clock.GetUtcNow().UtcDateTime, digits, out var step, Window) ? step : null;
    }

    // Random enough (80 bits) that a plain hash keeps it, and without letters that look alike.
    private static string NewCode() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 4)));

    private static string Hash(string code) => KeyRing.Hash(string.Concat(code.Where(char.IsLetterOrDigit)).ToLowerInvariant());
}
