using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveFeed.Desk;

/// <summary>
/// Reads a request's JSON, strictly: a misspelt field, a field given twice or a value of the wrong sort is told, never left out
/// in silence. Keeps which fields were sent as null, since "absent" and "emptied" are not the same.
/// </summary>
internal sealed record JsonBody<T>(T Value, IReadOnlyList<string> Nulls)
{
    private static readonly JsonSerializerOptions Strict = new(Wire.Json)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public static async Task<(JsonBody<T>? Body, ProblemHttpResult? Problem)> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
        {
            return (null, Problems.NotJson());
        }

        try
        {
            var node = await JsonNode.ParseAsync(
                http.Request.Body,
                documentOptions: new JsonDocumentOptions { MaxDepth = Strict.MaxDepth, AllowDuplicateProperties = false },
                cancellationToken: http.RequestAborted);
            return node is JsonObject sent
                ? (new JsonBody<T>(sent.Deserialize<T>(Strict)!, [.. sent.Where(field => field.Value is null).Select(field => field.Key)]), null)
                : (null, Problems.Unreadable("The body must be one JSON object."));
        }
        catch (JsonException unreadable)
        {
            return (null, Explain(unreadable));
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Problems.TooLarge(DeskServices.BodyLimit));
        }
    }

    private static ProblemHttpResult Explain(JsonException unreadable)
    {
        var field = unreadable.Path?.TrimStart('$', '.') ?? "";
        return (field, unreadable.LineNumber) switch
        {
            // The position is the writer's to mend; the parser's own words would tell of .NET types.
            ("", { } line) => Problems.Unreadable($"That isn't JSON: look at line {line + 1}, byte {unreadable.BytePositionInLine + 1}."),
            ("", null) => Problems.Unreadable("That isn't JSON that fits: a field may be given twice, or nest too deep."),
            _ => Problems.Invalid(new BrokenRule(field, Rule(field))),
        };
    }

    private static string Rule(string field) => field switch
    {
        "id" => "id is a UUID, such as 0197a9c1-5f0e-7d3c-9a52-3c1d2e4f5a6b.",
        "kind" => "kind is one of update, breaking, quote, fact, media, summary.",
        "bodyFormat" => "bodyFormat is markdown or html.",
        "status" => "status is open or closed.",
        "publishedAt" => "publishedAt is a time as RFC 3339 has it, such as 2026-11-24T14:03:07Z.",
        "pinned" or "keyEvent" or "minor" => $"{field} is true or false.",
        "tags" or "clear" => $"{field} is a list of texts.",
        "image" => "image is an object with url, and alt, caption, credit, width, height if known.",
        "source" => "source is an object with name, and url if known.",
        "image.width" or "image.height" => $"{field} is a whole number of pixels.",
        _ when typeof(T).GetProperties().Any(property => string.Equals(property.Name, field, StringComparison.OrdinalIgnoreCase)) =>
            $"{field} is a text.",
        _ => $"'{field}' is not a field that this takes, or not of the right sort.",
    };
}
