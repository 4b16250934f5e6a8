using LiveFeed.Load.Push.Readers;

namespace LiveFeed.Load.Push.Situations;

/// <summary>Some readers stop reading, as a page does whose computer was shut; the others should not notice.</summary>
internal static class Stopped
{
    private const int Readers = 200, Stopping = 20, PerSecond = 100;

    public static void Measure(Trial trial, Notes notes)
    {
        using (var crowd = trial.Invite().Crowd)
        {
            crowd.Bring(Readers);
            Note("without: ", trial.Deliver(crowd, 3 * PerSecond, PerSecond), notes);
        }

        using (var crowd = trial.Invite().Crowd)
        {
            crowd.Bring(Readers - Stopping);
            crowd.Bring(Stopping, stops: true);
            var memory = trial.Server.Memory;
            using var sockets = StoppedSockets.Watch(trial.Server.Port);
            var delivery = trial.Deliver(crowd, 15 * PerSecond, PerSecond);
            Note("with: ", delivery, notes);
            notes.Add("with: memory that came to it, MiB", (trial.Server.Memory - memory) / 1024, hasRatio: false);
            notes.Add("with: the kernel held for the stopped, MiB", sockets.MostHeld / 1024.0 / 1024, hasRatio: false);
            notes.Add("with: of 20 stopped, still connected", sockets.Standing, hasRatio: false);
            notes.Add("with: longest that one took nothing and was not cut, s", sockets.LongestStuck.TotalSeconds, hasRatio: false);
        }
    }

    private static void Note(string when, Delivery delivery, Notes notes)
    {
        notes.Check(delivery);
        notes.Add(when + "p50 of the others, ms", delivery.Received.Latencies.At(0.5));
        notes.Add(when + "p99 of the others, ms", delivery.Received.Latencies.At(0.99));
    }
}
