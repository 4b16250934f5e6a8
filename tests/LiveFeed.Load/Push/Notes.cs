using System.Globalization;
using System.Text;

namespace LiveFeed.Load.Push;

/// <summary>What was measured, of every contender in every round, and the table that comes of it.</summary>
internal sealed class Notes
{
    private readonly List<Note> notes = [];
    private readonly List<string> faults = [];
    private (string Situation, string Contender, int Round) now;
    private double othersMost;
    private long deliveries;

    /// <summary>Whether something was lost, doubled or out of order.</summary>
    public bool HasFaults => faults.Count > 0;

    /// <summary>What is added from here on is of this.</summary>
    public void Turn(Situation situation, string contender, int round) => now = (situation.Title, contender, round);

    /// <summary>Writes a figure down.</summary>
    /// <param name="figure">What it says, and in what.</param>
    /// <param name="value">How much.</param>
    /// <param name="digits">After the point.</param>
    /// <param name="hasRatio">Whether it may be set in ratio to the floor's.</param>
    public void Add(string figure, double value, int digits = 1, bool hasRatio = true) =>
        notes.Add(new(now.Situation, figure, now.Contender, now.Round, value, digits, hasRatio));

    /// <summary>Writes down what wasn't delivered as it must be.</summary>
    public void Check(Delivery delivery)
    {
        deliveries += delivery.Received.Count;
        othersMost = Math.Max(othersMost, delivery.Others);
        if (delivery.Fault is { } fault)
        {
            Complain(fault);
        }
    }

    /// <summary>Writes down that something failed.</summary>
    public void Complain(string fault) => faults.Add($"{now.Contender}, {now.Situation}, round {now.Round}: {fault}");

    /// <summary>Medians, and in brackets the median of the ratios to what the floor showed in the same round. Markdown.</summary>
    public string Table(IReadOnlyList<string> contenders)
    {
        var table = new StringBuilder($"| | {string.Join(" | ", contenders)} |\n|---|{string.Concat(contenders.Select(_ => "---:|"))}\n");
        foreach (var situation in notes.GroupBy(note => note.Situation))
        {
            table.Append(CultureInfo.InvariantCulture, $"| **{situation.Key}** |{string.Concat(contenders.Select(_ => " |"))}\n");
            foreach (var figure in situation.GroupBy(note => note.Figure))
            {
                table.Append(CultureInfo.InvariantCulture, $"| {figure.Key} | {string.Join(" | ", contenders.Select(name => Cell([.. figure], name, contenders[0])))} |\n");
            }
        }

        table.Append(CultureInfo.InvariantCulture, $"\n{deliveries:N0} deliveries were counted");
        table.Append(HasFaults ? $". FAULTS:\n{string.Join('\n', faults)}" : deliveries > 0 ? "; none was lost, doubled or out of order." : ".");
        table.Append(CultureInfo.InvariantCulture, $"\nOther programs took up to {othersMost:P0} of a processor meanwhile.");
        return table.ToString();
    }

    private static string Cell(IReadOnlyList<Note> figure, string contender, string floor)
    {
        var own = figure.Where(note => note.Contender == contender).ToList();
        if (own.Count == 0)
        {
            return "–";
        }

        var ratios = own.Where(note => note.HasRatio && contender != floor)
            .SelectMany(note => figure.Where(other => other.Contender == floor && other.Round == note.Round && other.Value > 0).Select(other => note.Value / other.Value))
            .ToList();
        var value = Median(own.Select(note => note.Value)).ToString($"N{own[0].Digits}", CultureInfo.InvariantCulture);
        return ratios.Count == 0 ? value : string.Create(CultureInfo.InvariantCulture, $"{value} ({Median(ratios):0.00} ×)");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private sealed record Note(string Situation, string Figure, string Contender, int Round, double Value, int Digits, bool HasRatio);
}
