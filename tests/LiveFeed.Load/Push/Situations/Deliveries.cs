namespace LiveFeed.Load.Push.Situations;

/// <summary>Items come, at a pace or as fast as they are accepted.</summary>
internal static class Deliveries
{
    public static void Measure(Trial trial, Notes notes, int readers, int items, double perSecond)
    {
        using var crowd = trial.Invite().Crowd;
        crowd.Bring(readers);
        var delivery = trial.Deliver(crowd, items, perSecond);
        notes.Check(delivery);
        notes.Add("server CPU per delivery, µs", delivery.CpuPerDelivery);
        notes.Add("deliveries a second, thousands", delivery.PerSecond / 1000);
        notes.Add("p50, ms", delivery.Received.Latencies.At(0.5));
        notes.Add("p99, ms", delivery.Received.Latencies.At(0.99));
        notes.Add("p99.9, ms", delivery.Received.Latencies.At(0.999));
    }
}
