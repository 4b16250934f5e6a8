using System.ComponentModel.DataAnnotations;
using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>A new partner.</summary>
public sealed record NewPartner
{
    /// <inheritdoc cref="Partner.Name"/>
    [Required]
    public string? Name { get; init; }

    /// <inheritdoc cref="Partner.Origins"/>
    public IReadOnlyList<string>? Origins { get; init; }

    /// <inheritdoc cref="Partner.Feeds"/>
    public IReadOnlyList<string>? Feeds { get; init; }

    /// <inheritdoc cref="Partner.Sandboxed"/>
    public bool? Sandboxed { get; init; }

    /// <inheritdoc cref="Partner.Programs"/>
    public bool? Programs { get; init; }

    /// <summary>The first rule that it breaks, or null.</summary>
    internal BrokenRule? Check(IReadOnlyList<Feed> known) =>
        string.IsNullOrWhiteSpace(Name) ? new BrokenRule("name", "A partner has a name.")
        : new PartnerChange { Name = Name, Origins = Origins, Feeds = Feeds }.Check(known);
}

/// <summary>A change of a partner: what is absent stays.</summary>
public sealed record PartnerChange
{
    // They stand for something else in the numbers of readers.
    private static readonly string[] Taken = [FeedReaders.OwnPages, FeedReaders.Programs, FeedReaders.Others];

    /// <inheritdoc cref="Partner.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="Partner.Origins"/>
    public IReadOnlyList<string>? Origins { get; init; }

    /// <inheritdoc cref="Partner.Feeds"/>
    public IReadOnlyList<string>? Feeds { get; init; }

    /// <inheritdoc cref="Partner.Sandboxed"/>
    public bool? Sandboxed { get; init; }

    /// <inheritdoc cref="Partner.Programs"/>
    public bool? Programs { get; init; }

    /// <summary>The first rule that it breaks, or null.</summary>
    /// <param name="known">The feeds that there are.</param>
    internal BrokenRule? Check(IReadOnlyList<Feed> known) =>
        (Name is null || !string.IsNullOrWhiteSpace(Name) ? null : new BrokenRule("name", "A partner has a name."))
        ?? EntryRules.CheckLine("name", Name, EntryRules.NameLimit)
        ?? (Taken.Contains(Name?.Trim(), StringComparer.OrdinalIgnoreCase) ? new BrokenRule("name", $"No partner is called {string.Join(", ", Taken)}: these stand for other readers.") : null)
        ?? (Origins?.Count > Partner.MostOrigins ? new BrokenRule("origins", $"A partner has at most {Partner.MostOrigins} origins.") : null)
        ?? (Origins?.FirstOrDefault(origin => SiteOrigin.Of(origin) is null) is { } wrong
            ? new BrokenRule("origins", $"'{wrong}' is no origin. One is written as https://www.example.org, without a path or an asterisk.") : null)
        ?? FeedChoices.Check(Feeds, known);
}
