using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>An API key, without its secret.</summary>
/// <param name="Id">Its name in lists.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Feeds">The feeds it may write to; empty for all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="RevokedAt">When it was ended.</param>
public sealed record ApiKey(
    string Id,
    string Name,
    DeskRole Role,
    IReadOnlyList<string> Feeds,
    [property: JsonConverter(typeof(Rfc3339))] DateTimeOffset CreatedAt,
    [property: JsonConverter(typeof(Rfc3339))] DateTimeOffset? LastUsedAt,
    [property: JsonConverter(typeof(Rfc3339))] DateTimeOffset? RevokedAt);

/// <summary>A key that was just made.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">What its holder sends as <c>Authorization: Bearer SECRET</c>. It isn't shown again.</param>
public sealed record MadeKey(ApiKey Key, string Secret);

/// <summary>A new API key.</summary>
public sealed record NewKey
{
    /// <inheritdoc cref="ApiKey.Name"/>
    [Required]
    public string? Name { get; init; }

    /// <inheritdoc cref="ApiKey.Role"/>
    [Required]
    public DeskRole? Role { get; init; }

    /// <inheritdoc cref="ApiKey.Feeds"/>
    public IReadOnlyList<string>? Feeds { get; init; }

    /// <summary>The rule that a key's name breaks, or null.</summary>
    public static BrokenRule? CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) ? new BrokenRule("name", "A key has a name.") : EntryRules.CheckLine("name", name, EntryRules.NameLimit);

    /// <summary>The first rule that it breaks, or null.</summary>
    /// <param name="known">The feeds that there are.</param>
    public BrokenRule? Check(IReadOnlyList<Feed> known) =>
        CheckName(Name)
        ?? (Role is null ? new BrokenRule("role", "A key has a role: reporter, editor or admin.") : null)
        ?? FeedChoices.Check(Feeds, known);
}
