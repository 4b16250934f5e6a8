using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>A row of the audit log: what was done at the desk, or refused.</summary>
public sealed record AuditRow
{
    /// <summary>Its place in the log, from 1, without holes.</summary>
    public required long Seq { get; init; }

    /// <summary>When.</summary>
    [JsonConverter(typeof(Rfc3339))]
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: the id of a key or an account; absent for a node's own doing.</summary>
    public string? ById { get; init; }

    /// <summary>The name that the key or person had then.</summary>
    public string? By { get; init; }

    /// <summary>The network that it came from: of an address the first 24 bits, of IPv6 the first 48.</summary>
    public string? Address { get; init; }

    /// <summary>What was done, by the name that the description of the API has for it.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: an address of the API.</summary>
    [JsonPropertyName("object")]
    public required string Target { get; init; }

    /// <summary>What came of it.</summary>
    public required JsonElement Details { get; init; }

    /// <summary>The hash of the row before; 64 zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>
    /// SHA-256 in lower-case hexadecimal over seq, at (in milliseconds since 1970), byId, by, address, action, object, details (the JSON
    /// as it is kept) and previous, in this order: each as its length in bytes of UTF-8, a colon, the bytes and a comma; what is absent
    /// as "-,".
    /// </summary>
    public required string Hash { get; init; }
}

/// <summary>A row as the table has it.</summary>
internal sealed record AuditRecord
{
    public const string Columns =
        "seq AS Seq, at AS At, by_id AS ById, by_name AS ByName, address AS Address, action AS Action, object AS Object, details AS Details, previous AS Previous, hash AS Hash";

    /// <summary>The hash before the first row.</summary>
    public static readonly string Beginning = new('0', 64);

    public long Seq { get; init; }
    public long At { get; init; }
    public string? ById { get; init; }
    public string? ByName { get; init; }
    public string? Address { get; init; }
    public string Action { get; init; } = "";
    public string Object { get; init; } = "";
    public string Details { get; init; } = "";
    public string Previous { get; init; } = "";
    public string Hash { get; init; } = "";

    /// <summary>What <see cref="Hash"/> has to be.</summary>
    public string ComputeHash()
    {
        var bytes = new ArrayBufferWriter<byte>();
        ReadOnlySpan<string?> fields =
            [Seq.ToString(CultureInfo.InvariantCulture), At.ToString(CultureInfo.InvariantCulture), ById, ByName, Address, Action, Object, Details, Previous];
        foreach (var field in fields)
        {
            // With its length before it, no field can be mistaken for the end of another.
            Encoding.UTF8.GetBytes(field is null ? "-," : string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(field)}:{field},"), bytes);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }

    public AuditRow ToRow() => new()
    {
        Seq = Seq,
        At = DateTimeOffset.FromUnixTimeMilliseconds(At),
        ById = ById,
        By = ByName,
        Address = Address,
        Action = Action,
        Target = Object,
        Details = JsonElement.Parse(Details),
        Previous = Previous,
        Hash = Hash,
    };
}
