using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveFeed.Contracts;

/// <summary>
/// What a reader has seen of a feed, written <c>epoch:seq</c>: everything up to and with <paramref name="Seq"/> in the log
/// named <paramref name="Epoch"/>. A log that was rebuilt or restored has another epoch, so that old positions are told from new ones.
/// </summary>
/// <param name="Epoch">The random name of the feed's log: 1 to 32 letters and digits.</param>
/// <param name="Seq">The newest change seen; 0 for none.</param>
[JsonConverter(typeof(PositionConverter))]
public readonly record struct Position(string Epoch, long Seq)
{
    /// <summary>Reads <c>epoch:seq</c>; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Position position)
    {
        position = default;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon is < 1 or > 32 || !text.AsSpan(0, colon).ContainsOnlyLettersAndDigits()
            || !long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            return false;
        }

        position = new Position(text![..colon], seq);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{Seq}");

    private sealed class PositionConverter : JsonConverter<Position>
    {
        public override Position Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var position)
                ? position
                : throw new JsonException("A position is written epoch:seq, as the server gave it.");

        public override void Write(Utf8JsonWriter writer, Position value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

file static class PositionText
{
    public static bool ContainsOnlyLettersAndDigits(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
