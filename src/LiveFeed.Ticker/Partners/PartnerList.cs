using LiveFeed.Contracts;

namespace LiveFeed.Ticker.Partners;

/// <summary>
/// The partners as this node knows them, and the rule by which a feed that isn't for every site is shown. A browser's own check of
/// origins (CORS) doesn't guard a WebSocket, nor a frame, so each way to a feed asks here.
/// </summary>
public sealed class PartnerList
{
    private volatile IReadOnlyList<Partner> partners = [];

    /// <summary>Takes a newer list.</summary>
    internal void Renew(IReadOnlyList<Partner> newest) => partners = newest;

    /// <summary>
    /// The rule by which a site may not show a feed, or null when it may. Its own pages may, unless they were asked with the key of a
    /// partner, who shows them in a frame: then it has to be a partner still.
    /// </summary>
    public string? Refusal(Feed feed, Site site)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(site);
        return feed.Embedding is FeedEmbedding.Anywhere || (site.IsOurs && site.Key is null) || Of(site) is { } partner && MayShow(partner, feed) ? null
            : site.Origin is null
                ? $"The feed '{feed.Slug}' is for partners: a program reads it with the key of one that may use programs, ?{Site.KeyName}=KEY."
            : site.Origin == SiteOrigin.None
                ? $"The feed '{feed.Slug}' is for partners: a page without an origin shows it with the key of one that may have such pages."
            : $"The feed '{feed.Slug}' is for partners' sites, and this one isn't on its list.";
    }

    /// <summary>The partner that a site is; null when it is none's.</summary>
    public Partner? Of(Site site)
    {
        ArgumentNullException.ThrowIfNull(site);
        var partner = site.Key is null ? null : Find(site.Key);
        return site switch
        {
            // The frame: which pages it may stand on, the browser was told with it.
            { IsOurs: true } => partner,
            { Origin: null } => partner is { Programs: true } ? partner : null,
            { Origin: SiteOrigin.None } => partner is { Sandboxed: true } ? partner : null,
            { Key: null } => partners.FirstOrDefault(one => one.Origins.Contains(site.Origin)),
            _ => partner?.Origins.Contains(site.Origin) is true ? partner : null,
        };
    }

    /// <summary>What a site's readers are counted as.</summary>
    public string NameOf(Site site) => Of(site)?.Name ?? site.Name;

    /// <summary>The origins whose pages may have a feed in a frame, asked for with this key; none for anybody's key but a partner's.</summary>
    public IReadOnlyList<string> FrameOrigins(Feed feed, string? key) =>
        key is not null && Find(key) is { } partner && MayShow(partner, feed) ? partner.Origins : [];

    private Partner? Find(string key) => partners.FirstOrDefault(partner => partner.Key == key);

    private static bool MayShow(Partner partner, Feed feed) => partner.Feeds.Count == 0 || partner.Feeds.Contains(feed.Slug);
}
