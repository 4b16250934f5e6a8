using System.Diagnostics;

namespace LiveFeed.Load.Push.Situations;

/// <summary>All readers are cut at once and come back at once, with the position that they have and without any patience.</summary>
internal static class CutAndBack
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    public static void Measure(Trial trial, Notes notes, int readers)
    {
        var (crowd, conversation) = trial.Invite();
        using (crowd)
        {
            crowd.Bring(readers);
            notes.Check(trial.Deliver(crowd, 10, 10));
            conversation.GoOnFromPosition();
            var (cpu, begun) = (trial.Server.Cpu, Stopwatch.GetTimestamp());
            crowd.CutAll();
            crowd.Gather();
            notes.Add("all are back after, s", Stopwatch.GetElapsedTime(begun).TotalSeconds, digits: 2);
            notes.Add("times that one was turned away", crowd.Refused, digits: 0, hasRatio: false);
            crowd.Run(Settle);
            notes.Add("server CPU for it, s", (trial.Server.Cpu - cpu).TotalSeconds, digits: 2);
            notes.Check(trial.Deliver(crowd, 10, 10));
        }
    }
}
