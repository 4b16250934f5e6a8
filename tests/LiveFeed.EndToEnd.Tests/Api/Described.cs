using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace LiveFeed.EndToEnd.Tests.Api;

/// <summary>Whether what goes over the wire is what the OpenAPI document says: nothing else, and nothing less.</summary>
internal static class Described
{
    /// <summary>Fails when <paramref name="value"/> isn't as <paramref name="schema"/> says.</summary>
    public static void Is(JsonElement value, IOpenApiSchema schema, string place = "$")
    {
        if (schema.OneOf is { Count: > 0 } choices)
        {
            Assert.Contains(choices, choice => choice.Type == Type(value) || choice is OpenApiSchemaReference);
            return;
        }

        if (schema is { Type: null, Enum: null })
        {
            // Anything at all.
            return;
        }

        Assert.True(schema.Type is { } type && (type & Type(value)) != 0, $"{place} is {Type(value)}, described as {schema.Type}");
        Assert.True(schema.Enum is not { Count: > 0 } names || names.Any(name => name.GetValue<string>() == value.GetString()), $"{place}: {value} is not in the enum");
        Assert.True(schema.Pattern is null || Regex.IsMatch(value.GetString()!, schema.Pattern), $"{place}: {value} doesn't match {schema.Pattern}");
        Assert.True(schema.Format switch
        {
            "date-time" => DateTimeOffset.TryParseExact(value.GetString(), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "uuid" => Guid.TryParseExact(value.GetString(), "D", out _),
            "int32" => value.TryGetInt32(out _),
            "int64" => value.TryGetInt64(out _),
            null => true,
            _ => false,
        }, $"{place}: {value} is no {schema.Format}");
        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (var (i, item) in value.EnumerateArray().Index())
            {
                Is(item, schema.Items!, $"{place}[{i}]");
            }
        }
        else if (value.ValueKind is JsonValueKind.Object)
        {
            Assert.All(schema.Required ?? new HashSet<string>(), name => Assert.True(value.TryGetProperty(name, out _), $"{place} lacks {name}"));
            foreach (var property in value.EnumerateObject())
            {
                var described = schema.Properties?.TryGetValue(property.Name, out var own) == true ? own : schema.AdditionalProperties;
                Assert.True(described is not null, $"{place}.{property.Name} isn't described");
                Is(property.Value, described, $"{place}.{property.Name}");
            }
        }
    }

    private static JsonSchemaType Type(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonSchemaType.Object,
        JsonValueKind.Array => JsonSchemaType.Array,
        JsonValueKind.String => JsonSchemaType.String,
        JsonValueKind.Number => value.TryGetInt64(out _) ? JsonSchemaType.Integer : JsonSchemaType.Number,
        JsonValueKind.True or JsonValueKind.False => JsonSchemaType.Boolean,
        _ => JsonSchemaType.Null,
    };
}
