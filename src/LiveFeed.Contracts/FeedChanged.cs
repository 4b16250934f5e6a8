namespace LiveFeed.Contracts;

/// <summary>A feed was created, or its title, language, time zone or status changed.</summary>
/// <param name="Feed">The feed as it stands.</param>
public sealed record FeedChanged(Feed Feed);
