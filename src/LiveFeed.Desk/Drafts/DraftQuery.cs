using LiveFeed.Contracts;

namespace LiveFeed.Desk;

/// <summary>Which drafts are asked for.</summary>
/// <param name="State">Those in this state; null for all that are neither published nor deleted.</param>
/// <param name="Mine">Those that the writer began.</param>
/// <param name="Limit">How many at most, 1 to 100.</param>
/// <param name="Before">Those that stand after this one in the list.</param>
internal sealed record DraftQuery(DraftState? State, bool Mine, int Limit, DraftCursor? Before)
{
    private static readonly Dictionary<string, DraftState> States = Enum.GetValues<DraftState>().ToDictionary(state => state.ToString().ToLowerInvariant());

    public static (DraftQuery? Query, BrokenRule? Broken) Read(string? state, string? mine, string? limit, string? before)
    {
        var broken = state is not null && !States.ContainsKey(state) ? new BrokenRule("state", $"state is one of {string.Join(", ", States.Keys)}.")
            : mine is not (null or "true" or "false") ? new BrokenRule("mine", "mine is true or false.")
            : before is not null && DraftCursor.Parse(before) is null ? new BrokenRule("before", "before is what next said in the list before.")
            : null;
        broken = Limits.Check(limit, out var most) ?? broken;
        return broken is not null ? (null, broken)
            : (new(state is null ? null : States[state], mine == "true", most, before is null ? null : DraftCursor.Parse(before)), null);
    }
}
