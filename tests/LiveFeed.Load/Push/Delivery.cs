using LiveFeed.Load.Push.Readers;

namespace LiveFeed.Load.Push;

/// <summary>What came of publishing some items to some readers.</summary>
/// <param name="Received">What the readers got.</param>
/// <param name="Lost">What they should have got and didn't.</param>
/// <param name="Cut">Readers that the server has cut.</param>
/// <param name="Cpu">The server's processor time.</param>
/// <param name="Time">From the first item published to the last one delivered.</param>
/// <param name="Others">How many processors others used meanwhile.</param>
internal sealed record Delivery(Received Received, long Lost, int Cut, TimeSpan Cpu, TimeSpan Time, double Others)
{
    public int Bytes => Received.Bytes;

    public double CpuPerDelivery => Cpu.TotalMicroseconds / Received.Count;

    public double PerSecond => Received.Count / Time.TotalSeconds;

    /// <summary>What wasn't as it must be; null when everything was.</summary>
    public string? Fault => Lost + Received.Doubled + Received.Reordered == 0 ? null
        : $"{Lost} lost, {Received.Doubled} doubled, {Received.Reordered} out of order, {Cut} readers cut";
}
