using System.Net;
using System.Text.Json;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>What is to be noted in the audit log.</summary>
/// <param name="At">When it was done.</param>
/// <param name="Writer">Who did it; null for a node's own doing.</param>
/// <param name="Address">Where it came from; null for a node's own doing.</param>
/// <param name="Action">What was done, by the name that the description of the API has for it.</param>
/// <param name="Object">What it was done to: an address of the API.</param>
/// <param name="Details">What came of it; it becomes JSON.</param>
internal sealed record AuditNote(DateTimeOffset At, Writer? Writer, IPAddress? Address, string Action, string Object, IReadOnlyDictionary<string, object?> Details)
{
    private const int ObjectLimit = 300;

    public AuditRecord ToRecord(long seq, string previous)
    {
        var row = new AuditRecord
        {
            Seq = seq,
            At = At.ToUnixTimeMilliseconds(),
            ById = Writer?.Id,
            ByName = Writer?.Name,
            Address = NetworkOf(Address),
            Action = Action,
            Object = Object.Length > ObjectLimit ? Object[..ObjectLimit] : Object,
            Details = JsonSerializer.Serialize(Details, Wire.Json),
            Previous = previous,
        };
        return row with { Hash = row.ComputeHash() };
    }

    // Enough to see that somebody wrote from elsewhere; not enough to find a person.
    private static string? NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        var (network, bits) = Network.Of(address, 24, 48);
        return $"{network}/{bits}";
    }
}
