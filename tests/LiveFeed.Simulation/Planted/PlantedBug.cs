namespace LiveFeed.Simulation.Planted;

/// <summary>A small mistake in one source file: what stands there, and what stands there instead.</summary>
/// <param name="Name">The mistake, in a sentence.</param>
/// <param name="File">The file, from the repository's root.</param>
/// <param name="Edits">What is replaced, each of which stands there just once, and by what.</param>
public sealed record PlantedBug(string Name, string File, params (string Right, string Wrong)[] Edits)
{
    /// <summary>The file with the mistake.</summary>
    public string PlantIn(string source)
    {
        foreach (var (right, wrong) in Edits)
        {
            var at = source.IndexOf(right, StringComparison.Ordinal);
            Assert.True(
                at >= 0 && source.IndexOf(right, at + 1, StringComparison.Ordinal) < 0,
                $"""'{Name}' can't be planted: {File} doesn't hold this just once: {right}. The code has changed; plant the same mistake in it as it is now.""");
            source = source.Replace(right, wrong, StringComparison.Ordinal);
        }

        return source;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
