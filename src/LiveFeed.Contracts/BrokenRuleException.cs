namespace LiveFeed.Contracts;

/// <summary>A change that looked right by itself would break a rule of <see cref="EntryRules"/> where it is made.</summary>
public sealed class BrokenRuleException(BrokenRule broken) : Exception((broken ?? throw new ArgumentNullException(nameof(broken))).Rule)
{
    /// <summary>The rule.</summary>
    public BrokenRule Broken { get; } = broken;
}
