namespace LiveFeed.Desk;

/// <summary>
/// Says of an endpoint what its caller's role must be at least. Every endpoint says this, or, with the framework's AllowAnonymous,
/// that it is for anybody: none is open because a rule was forgotten.
/// </summary>
/// <param name="Role">The least role.</param>
public sealed record RoleNeeded(DeskRole Role);
