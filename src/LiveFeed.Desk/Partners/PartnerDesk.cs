using System.Security.Cryptography;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>Keeps the partners: writes them to the archive and tells the tickers, which let in and cut off by the list.</summary>
internal sealed class PartnerDesk(Archive.Partners partners, ReaderBook book, TickerNotices tickers, TimeProvider clock)
{
    /// <summary>All partners, by name, with when each was last read on.</summary>
    public async Task<IReadOnlyList<Partner>> ListAsync(CancellationToken cancellation)
    {
        var read = await book.LastReadAsync(cancellation);
        return [.. (await partners.ListAsync(cancellation)).Select(partner => partner with { LastReadAt = read.TryGetValue(partner.Name, out var at) ? at : null })];
    }

    /// <summary>Adds a partner; null when another has the name.</summary>
    public async Task<Partner?> AddAsync(NewPartner wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var partner = new Partner
        {
            Key = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 12),
            Name = wanted.Name!.Trim(),
            Origins = Written(wanted.Origins),
            Feeds = [.. (wanted.Feeds ?? []).Distinct()],
            Sandboxed = wanted.Sandboxed ?? false,
            Programs = wanted.Programs ?? false,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        if (await IsTakenAsync(partner, cancellation))
        {
            return null;
        }

        await partners.AddAsync(partner, cancellation);
        await tickers.TellAsync(new PartnersChanged(partner.Key), $"partner {partner.Key}");
        return partner;
    }

    /// <summary>Changes a partner. The answer's partner is null when there is none, or when another has the name.</summary>
    public async Task<(Partner? Partner, bool IsTaken)> ChangeAsync(string key, PartnerChange change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (await partners.FindAsync(key, cancellation) is not { } partner)
        {
            return (null, false);
        }

        partner = partner with
        {
            Name = change.Name?.Trim() ?? partner.Name,
            Origins = change.Origins is null ? partner.Origins : Written(change.Origins),
            Feeds = change.Feeds is null ? partner.Feeds : [.. change.Feeds.Distinct()],
            Sandboxed = change.Sandboxed ?? partner.Sandboxed,
            Programs = change.Programs ?? partner.Programs,
        };
        if (await IsTakenAsync(partner, cancellation))
        {
            return (null, true);
        }

        if (!await partners.ChangeAsync(partner, cancellation))
        {
            return (null, false);
        }

        await tickers.TellAsync(new PartnersChanged(key), $"partner {key}");
        return (partner, false);
    }

    /// <summary>Takes a partner off the list: within seconds nothing more comes to its pages. False when there is none.</summary>
    public async Task<bool> RemoveAsync(string key, CancellationToken cancellation)
    {
        if (!await partners.RemoveAsync(key, clock.GetUtcNow(), cancellation))
        {
            return false;
        }

        await tickers.TellAsync(new PartnersChanged(key), $"partner {key}");
        return true;
    }

    // In the numbers of readers two of one name would be one.
    private async Task<bool> IsTakenAsync(Partner partner, CancellationToken cancellation) =>
        (await partners.ListAsync(cancellation)).Any(one => one.Key != partner.Key && one.Name.Equals(partner.Name, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<string> Written(IReadOnlyList<string>? origins) => [.. (origins ?? []).Select(SiteOrigin.Of).OfType<string>().Distinct()];
}
