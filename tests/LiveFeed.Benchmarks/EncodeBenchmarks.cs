using BenchmarkDotNet.Attributes;
using LiveFeed.Archive.Recent;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Push;
using LiveFeed.Ticker.Ring;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace LiveFeed.Benchmarks;

/// <summary>From a change in the ring to the frame that its readers share: once per protocol, however many readers there are.</summary>
[MemoryDiagnoser]
public class EncodeBenchmarks
{
    private const long Top = 10_000;
    private readonly RingState ring = RingState.Of(Items.Stretch(RecentEntries.Kept, Top), RecentEntries.Kept);
    private readonly JsonHubProtocol json = new(Options.Create(Configured(new JsonHubProtocolOptions())));
    private readonly MessagePackHubProtocol messagePack = new(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = WireMessagePack.Options }));

    [Benchmark(Baseline = true)]
    public byte[] Json() => Encode(json);

    [Benchmark]
    public byte[] MessagePack() => Encode(messagePack);

    // They are new each time: they keep what they have made.
    private byte[] Encode(IHubProtocol protocol) => new Batches("harbour", new HubMessages(), protocol).After(ring, Top - 1).Frame;

    private static JsonHubProtocolOptions Configured(JsonHubProtocolOptions options)
    {
        Wire.Configure(options.PayloadSerializerOptions);
        return options;
    }
}
