using System.Globalization;

namespace LiveFeed.Load.Push;

/// <summary>What <c>push</c> was told.</summary>
/// <param name="Server">The published server.</param>
/// <param name="Only">The situations to measure; null for all.</param>
/// <param name="Rounds">How often each is measured.</param>
/// <param name="Readers">How many readers; null for each situation's own number.</param>
/// <param name="Bytes">How long a message is when it reaches a reader.</param>
internal sealed record PushOptions(string Server, IReadOnlyList<string>? Only = null, int Rounds = 3, int? Readers = null, int Bytes = 700)
{
    public const string Usage = """

          --only NAME[,NAME…]   some situations: idle, pace, saturate, quiet, cut, stopped
          --rounds N            how often each is measured; the table holds medians (3)
          --readers N           instead of each situation's own number
          --bytes N             how long an item is on its way to a reader (700; 7000 for stopped)
        """;

    /// <summary>Null when the words can't be understood.</summary>
    public static PushOptions? Parse(string[] words)
    {
        var options = words is [var server, ..] && File.Exists(server) ? new PushOptions(server) : null;
        for (var i = 1; i < words.Length && options is not null; i += 2)
        {
            var value = i + 1 < words.Length ? words[i + 1] : "";
            options = (words[i], int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0) switch
            {
                ("--only", _) when value.Split(',') is var names && names.All(Situation.Names.Contains) => options with { Only = names },
                ("--rounds", true) => options with { Rounds = number },
                ("--readers", true) => options with { Readers = number },
                ("--bytes", true) => options with { Bytes = number },
                _ => null,
            };
        }

        return options;
    }
}
