using System.Text.Json;
using LiveFeed.Contracts;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace LiveFeed.Ticker.Hub;

/// <summary>
/// LiveFeed's records in MessagePack: the same maps as in JSON, with the same names, the same absences and the same texts for
/// times and enums. They are made from the JSON, so that the two can't drift apart.
/// </summary>
public sealed class WireMessagePack : IFormatterResolver
{
    /// <summary>The options for a SignalR MessagePack protocol, on either side.</summary>
    public static MessagePackSerializerOptions Options { get; } = MessagePackSerializerOptions.Standard
        .WithResolver(new WireMessagePack()).WithSecurity(MessagePackSecurity.UntrustedData);

    /// <inheritdoc/>
    public IMessagePackFormatter<T>? GetFormatter<T>() => Cache<T>.Formatter;

    private static class Cache<T>
    {
        // Everything of the contract goes through its JSON; the strings and numbers beside it are MessagePack's own.
        public static readonly IMessagePackFormatter<T>? Formatter = typeof(T).Assembly == typeof(Entry).Assembly
            ? new JsonFormatter<T>()
            : StandardResolver.Instance.GetFormatter<T>();
    }

    private sealed class JsonFormatter<T> : IMessagePackFormatter<T>
    {
        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
        {
            using var json = new StringReader(JsonSerializer.Serialize(value, Wire.Json));
            MessagePackSerializer.ConvertFromJson(json, ref writer, options);
        }

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
        {
            using var json = new StringWriter();
            MessagePackSerializer.ConvertToJson(ref reader, json, options);
            return JsonSerializer.Deserialize<T>(json.ToString(), Wire.Json)!;
        }
    }
}
