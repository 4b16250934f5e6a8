using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Desk;

/// <summary>Tells operators of sign-ins that were refused: in the log, and as a number.</summary>
public sealed partial class RefusedSignIns
{
    private readonly Counter<long> refused;
    private readonly ILogger<RefusedSignIns> log;

    /// <summary>Begins to count.</summary>
    public RefusedSignIns(IMeterFactory meters, ILogger<RefusedSignIns> log)
    {
        ArgumentNullException.ThrowIfNull(meters);
        this.log = log;
        refused = meters.Create("LiveFeed.Desk").CreateCounter<long>("livefeed.sign_ins.refused", description: "Sign-ins that were refused.");
    }

    /// <summary>Counts one.</summary>
    /// <param name="who">The name of the account that it was tried with; null when none is known. Never what was typed: people type passwords where the name belongs.</param>
    /// <param name="how">By what it was tried, and what was wrong with it.</param>
    public void Count(string? who, string how)
    {
        refused.Add(1);
        LogRefusal(who ?? "nobody known", how);
    }

    [LoggerMessage(LogLevel.Information, "A sign-in as {Name} was refused: {How}")]
    private partial void LogRefusal(string name, string how);
}
