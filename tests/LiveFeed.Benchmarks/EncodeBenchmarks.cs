using BenchmarkDotNet.Attributes;
using LiveFeed.Contracts;
using LiveFeed.Ticker.Hub;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace LiveFeed.Benchmarks;

/// <summary>From an entry to the message that is pushed: once per protocol for each change, however many readers there are.</summary>
[MemoryDiagnoser]
public class EncodeBenchmarks
{
    private readonly JsonHubProtocol json = new(Options.Create(Configured(new JsonHubProtocolOptions())));
    private readonly MessagePackHubProtocol messagePack = new(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = WireMessagePack.Options }));
    private readonly InvocationMessage updated = new("Updated", [Items.Entry(101), 100L]);

    [Benchmark(Baseline = true)]
    public ReadOnlyMemory<byte> Json() => json.GetMessageBytes(updated);

    [Benchmark]
    public ReadOnlyMemory<byte> MessagePack() => messagePack.GetMessageBytes(updated);

    private static JsonHubProtocolOptions Configured(JsonHubProtocolOptions options)
    {
        Wire.Configure(options.PayloadSerializerOptions);
        return options;
    }
}
