using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using LiveFeed.Contracts;
using Microsoft.OpenApi;

namespace LiveFeed.Server.Operations;

/// <summary>
/// Makes the schemas say what goes over the wire: what has no value is left out and never null, enums are texts, positions have
/// a form, and words from the code's comments are the JSON's words.
/// </summary>
internal static partial class SchemaWords
{
    // In changes null empties the fields that can be emptied; everywhere else there is no null.
    private static readonly HashSet<string> Changes = ["EntryEdit", "EntryCorrection"];

    public static OpenApiSchema Position() => new()
    {
        Type = JsonSchemaType.String,
        Pattern = "^[A-Za-z0-9]{1,32}:[0-9]+$",
        Description = "What a reader has seen, epoch:seq.",
    };

    /// <summary>What a record is made of must be given in C#; on the wire it is left out when it has no value.</summary>
    public static Task LetBeAbsent(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.AssociatedParameter is { IsNullable: true }))
        {
            schema.Required?.Remove(property.Name);
        }

        return Task.CompletedTask;
    }

    public static void Mend(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        schemas["Position"] = Position();
        foreach (var (name, schema) in schemas)
        {
            if (schema is OpenApiSchema own)
            {
                Mend(own, field => Changes.Contains(name) && EntryRules.CheckClear(field, [field]) is null);
            }
        }

        if (schemas.TryGetValue("ProblemDetails", out var problem) && problem is OpenApiSchema { Properties: { } properties })
        {
            Describe(properties, document);
        }
    }

    private static void Mend(OpenApiSchema schema, Func<string, bool> takesNull)
    {
        schema.Description = schema.Description is null ? null : Words(schema.Description);
        if (schema.Enum is { Count: > 0 } values)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. values.Where(value => value is not null && value.GetValueKind() is System.Text.Json.JsonValueKind.String)];
        }

        if (schema.Format == "date-time")
        {
            schema.Type = JsonSchemaType.String;
        }

        foreach (var (name, property) in schema.Properties?.ToList() ?? [])
        {
            schema.Properties![name] = takesNull(name) ? property : WithoutNull(property);
            if (schema.Properties[name] is OpenApiSchema own)
            {
                Mend(own, takesNull);
            }
            else if (schema.Properties[name] is OpenApiSchemaReference { Description: { } description } reference)
            {
                reference.Description = Words(description);
            }
        }
    }

    private static IOpenApiSchema WithoutNull(IOpenApiSchema property)
    {
        if (property is not OpenApiSchema own)
        {
            return property;
        }

        if (own.OneOf?.Where(one => one.Type is not JsonSchemaType.Null).ToList() is [var only])
        {
            return only;
        }

        own.Type &= ~JsonSchemaType.Null;
        return own;
    }

    private static void Describe(IDictionary<string, IOpenApiSchema> problem, OpenApiDocument document)
    {
        problem["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^/problems/[a-z-]+$", Description = "The kind of problem." };
        problem["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The rule that was broken, and what to do." };
        problem["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The field that broke a rule, where it was one." };
        problem["entry"] = new OpenApiSchemaReference("Entry", document) { Description = "The entry as it stands, where the writer had not seen its newest revision." };
        problem["draft"] = new OpenApiSchemaReference("Draft", document) { Description = "The draft as it stands, where it has changed or its state says no." };
        problem["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Where the server's log has more to say of it." };
    }

    // "int EntryRules.HeadlineLimit" is 300, "string? Entry.Html" is html.
    private static string Words(string comment) => CodeReference().Replace(comment, found =>
        found.Groups["type"].Value == nameof(EntryRules)
            ? Convert.ToString(typeof(EntryRules).GetField(found.Groups["member"].Value)?.GetRawConstantValue(), CultureInfo.InvariantCulture) ?? found.Value
            : char.ToLowerInvariant(found.Groups["member"].Value[0]) + found.Groups["member"].Value[1..]);

    [GeneratedRegex(@"[\w?<>]+ (?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)")]
    private static partial Regex CodeReference();
}
