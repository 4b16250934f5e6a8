using System.Security.Claims;

namespace LiveFeed.Desk;

/// <summary>A newsroom's own identity provider (OpenID Connect), by which its people sign in at the desk.</summary>
/// <param name="Authority">Where it describes itself, at <c>/.well-known/openid-configuration</c> below.</param>
/// <param name="ClientId">Who the desk is to it.</param>
/// <param name="ClientSecret">How the desk proves that.</param>
/// <param name="Name">What people call it.</param>
/// <param name="RoleClaim">The claim that says what somebody may do; null when the roles are the desk's own.</param>
/// <param name="Roles">What the claim's values mean.</param>
public sealed record OpenIdProvider(
    Uri Authority, string ClientId, string ClientSecret, string Name, string? RoleClaim, IReadOnlyDictionary<string, DeskRole> Roles)
{
    /// <summary>The role that it gives somebody, the greatest if there are several; null when it gives none.</summary>
    public DeskRole? RoleOf(ClaimsPrincipal who)
    {
        ArgumentNullException.ThrowIfNull(who);
        return RoleClaim is null ? null
            : who.FindAll(RoleClaim).Select(claim => Roles.TryGetValue(claim.Value, out var role) ? role : (DeskRole?)null).Max();
    }
}
