using System.Globalization;
using System.Text.Json;

namespace LiveFeed.Server.Commands.Import;

/// <summary>A place in a JSON file. Names are found in any case, since ninjs is written in more than one.</summary>
internal readonly record struct JsonPlace(JsonElement Json, string Name)
{
    public JsonPlace? this[string name]
    {
        get
        {
            if (Json.ValueKind is not JsonValueKind.Object)
            {
                throw new BadFileException($"{Name} must be an object.");
            }

            foreach (var property in Json.EnumerateObject())
            {
                if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind is not JsonValueKind.Null)
                {
                    return new JsonPlace(property.Value, Name == "the file" ? property.Name : $"{Name}.{property.Name}");
                }
            }

            return null;
        }
    }

    /// <summary>A text (or a number, as it is written); null when absent or blank.</summary>
    public string? Text(string name) => this[name] is not { } place ? null : place.Json.ValueKind switch
    {
        JsonValueKind.String => place.Json.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null,
        JsonValueKind.Number => place.Json.GetRawText(),
        _ => throw new BadFileException($"{place.Name} must be a text."),
    };

    public string RequiredText(string name) => Text(name) ?? throw new BadFileException($"{Name} has no {name}.");

    public DateTimeOffset? Time(string name) => Text(name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime()
        : throw new BadFileException($"{Name}.{name} is '{text}', which is no time.");

    public bool Flag(string name) => this[name] is { } place && place.Json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new BadFileException($"{place.Name} must be true or false."),
    };

    public int? Number(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number is >= int.MinValue and <= int.MaxValue ? (int)number
        : throw new BadFileException($"{Name}.{name} is '{text}', which is no number.");

    /// <summary>A list's items; of an object (ninjs 1 and 2 name renditions and associations so) the values.</summary>
    public IEnumerable<JsonPlace> List(string name) => this[name] is { } place ? place.Items() : [];

    public IEnumerable<JsonPlace> Items()
    {
        var (json, path) = (Json, Name);
        return json.ValueKind switch
        {
            JsonValueKind.Array => json.EnumerateArray().Select((item, index) => new JsonPlace(item, $"{path}[{index}]")),
            JsonValueKind.Object => json.EnumerateObject().Select(property => new JsonPlace(property.Value, $"{path}.{property.Name}")),
            _ => throw new BadFileException($"{path} must be a list."),
        };
    }
}
