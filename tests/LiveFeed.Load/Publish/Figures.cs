namespace LiveFeed.Load.Publish;

/// <summary>What came of one measurement.</summary>
/// <param name="PerSecond">Items answered with 201, a second.</param>
/// <param name="Others">Items answered otherwise.</param>
/// <param name="Milliseconds">From POST to 201, shortest first.</param>
internal sealed record Figures(double PerSecond, int Others, IReadOnlyList<double> Milliseconds)
{
    public static Figures Of(IReadOnlyCollection<(bool Stands, double Milliseconds)> answers, TimeSpan time)
    {
        var stood = answers.Where(answer => answer.Stands).Select(answer => answer.Milliseconds).Order().ToList();
        return new Figures(stood.Count / time.TotalSeconds, answers.Count - stood.Count, stood);
    }

    /// <summary>The time within which this share of the items was answered.</summary>
    public double At(double share) => Milliseconds.Count == 0 ? double.NaN : Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(share * Milliseconds.Count))];
}
