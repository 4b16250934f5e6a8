using System.Data.Common;
using Dapper;
using LiveFeed.Archive.Databases;

namespace LiveFeed.Desk;

/// <summary>The newsroom's people, as lists show them.</summary>
public sealed class People(ArchiveDatabase database, TimeProvider clock)
{
    private const string Select =
        """
        SELECT id AS Id, name AS Name, email AS Email, role AS Role, created_at AS CreatedAt, signed_in_at AS SignedInAt, tries AS Tries, tried_at AS TriedAt,
            CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS HasPassword, CASE WHEN totp_key IS NULL THEN 0 ELSE 1 END AS HasTotp,
            CASE WHEN login IS NULL THEN 0 ELSE 1 END AS HasLogin, (SELECT COUNT(*) FROM passkeys WHERE account_id = accounts.id) AS Passkeys
        FROM accounts
        """;

    /// <summary>Everybody, by name; without whoever runs the server.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<IReadOnlyList<Person>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<PersonRow>(new CommandDefinition(
            $"{Select} WHERE id <> @OperatorId ORDER BY name_key", new { Account.OperatorId }, cancellationToken: cancellation));
        return [.. rows.Select(row => row.ToPerson(clock.GetUtcNow()))];
    }

    /// <summary>Somebody by their id; null when there is nobody.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    public async Task<Person?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<PersonRow>(new CommandDefinition($"{Select} WHERE id = @id", new { id }, cancellationToken: cancellation));
        return row?.ToPerson(clock.GetUtcNow());
    }

    private sealed record PersonRow
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Email { get; init; }
        public string Role { get; init; } = "";
        public long CreatedAt { get; init; }
        public long? SignedInAt { get; init; }
        public long Tries { get; init; }
        public long TriedAt { get; init; }
        public long HasPassword { get; init; }
        public long HasTotp { get; init; }
        public long HasLogin { get; init; }
        public long Passkeys { get; init; }

        public Person ToPerson(DateTimeOffset now) => new()
        {
            Id = Id,
            Name = Name,
            Email = Email,
            Role = Enum.Parse<DeskRole>(Role),
            State = SignInTries.AreSpent(Tries, TriedAt, now) ? PersonState.Resting
                : HasPassword + HasLogin + Passkeys == 0 ? PersonState.Invited : PersonState.Active,
            SecondStep = HasTotp == 1,
            Passkeys = (int)Passkeys,
            InvitedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            SignedInAt = SignedInAt is { } signedIn ? DateTimeOffset.FromUnixTimeMilliseconds(signedIn) : null,
        };
    }
}
