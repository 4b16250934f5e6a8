namespace LiveFeed.Server;

/// <summary>What this process does: any of <c>desk</c>, <c>fanout</c> and <c>ticker</c>; all of them unless told.</summary>
/// <param name="Desk">Takes in what staff write.</param>
/// <param name="FanOut">Turns submissions into entries.</param>
/// <param name="Ticker">Serves readers.</param>
internal sealed record Roles(bool Desk, bool FanOut, bool Ticker)
{
    /// <summary>Whether all three run here, so that nothing needs to leave the process.</summary>
    public bool All => Desk && FanOut && Ticker;

    /// <summary>Reads the comma list of <c>LiveFeed:Roles</c>.</summary>
    /// <exception cref="SettingException">It names something else, or nothing.</exception>
    public static Roles From(IConfiguration configuration)
    {
        var text = configuration["LiveFeed:Roles"] ?? "desk,fanout,ticker";
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0 || names.FirstOrDefault(name => name is not ("desk" or "fanout" or "ticker")) is not null)
        {
            throw new SettingException("LiveFeed:Roles", $"'{text}' is not a comma list of desk, fanout and ticker. Leave it out to run all three.");
        }

        return new Roles(names.Contains("desk"), names.Contains("fanout"), names.Contains("ticker"));
    }
}
