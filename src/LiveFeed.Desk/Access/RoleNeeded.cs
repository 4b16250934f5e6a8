namespace LiveFeed.Desk;

/// <summary>
/// Says of an endpoint what its caller's role must be at least. Every endpoint says this, or, with the framework's AllowAnonymous,
/// that it is for anybody: none is open because a rule was forgotten.
/// </summary>
/// <param name="Role">The least role.</param>
/// <param name="AllFeeds">Whether a key must be for all feeds: what concerns the whole newsroom isn't for a key to a part of it.</param>
public sealed record RoleNeeded(DeskRole Role, bool AllFeeds = false);
