using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

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
        // What a type holds is asked before anything is read; until then nothing else would have put this there.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The rule that it breaks where nothing can be emptied, or null.</summary>
    public BrokenRule? Emptied => Nulls is [var emptied, ..] ? new(emptied, $"{emptied} can't be emptied. Leave it out to keep what it is.") : null;

    /// <param name="http">The request.</param>
    /// <param name="absent">What a request without any body stands for; null where it needs one.</param>
    public static async Task<(JsonBody<T>? Body, ProblemHttpResult? Problem)> ReadAsync(HttpContext http, T? absent = default)
    {
        if (absent is not null && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return (new(absent, []), null);
        }

        // JSON between systems is UTF-8 (RFC 8259); what is sent as anything else would be read wrongly.
        if (!http.Request.HasJsonContentType() || IsInAnotherCharset(http.Request))
        {
            return (null, Problems.NotJson());
        }

        try
        {
            using var sent = await JsonDocument.ParseAsync(
                http.Request.Body,
                new JsonDocumentOptions { MaxDepth = Strict.MaxDepth, AllowDuplicateProperties = false },
                http.RequestAborted);
            return sent.RootElement.ValueKind is not JsonValueKind.Object ? (null, Problems.Unreadable("The body must be one JSON object."))
                : UnknownOf(sent.RootElement, Strict.GetTypeInfo(typeof(T))) is { } unknown ? (null, Unknown(unknown))
                : (new JsonBody<T>(sent.Deserialize<T>(Strict)!, [.. NullsOf(sent.RootElement)]), null);
        }
        catch (JsonException unreadable)
        {
            return (null, Explain(unreadable));
        }
        catch (InvalidOperationException)
        {
            // Which text of the body it is, the parser doesn't tell: the name of a field, most likely.
            return (null, Problems.Unreadable($"A text is {WellFormed}"));
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Problems.TooLarge(DeskServices.BodyLimit));
        }
    }

    private const string WellFormed = "in well-formed Unicode: it can't hold half a character (a lone surrogate), or bytes that are no UTF-8.";

    private static bool IsInAnotherCharset(HttpRequest request) =>
        request.GetTypedHeaders().ContentType?.Charset is { HasValue: true } charset && !HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> NullsOf(JsonElement sent) =>
        sent.EnumerateObject().Where(field => field.Value.ValueKind is JsonValueKind.Null).Select(field => field.Name);

    // Looked up beforehand: the parser's path to a name with a space or a dot in it can't be told from other paths.
    private static string? UnknownOf(JsonElement sent, JsonTypeInfo takes, string within = "")
    {
        foreach (var field in sent.EnumerateObject())
        {
            var known = takes.Properties.FirstOrDefault(property => property.Name == field.Name);
            if (known is null)
            {
                return within + field.Name;
            }

            if (field.Value.ValueKind is JsonValueKind.Object && Strict.GetTypeInfo(known.PropertyType) is { Kind: JsonTypeInfoKind.Object } inner
                && UnknownOf(field.Value, inner, $"{within}{field.Name}.") is { } unknown)
            {
                return unknown;
            }
        }

        return null;
    }

    private static ProblemHttpResult Unknown(string field) => Problems.Invalid(new BrokenRule(field, $"'{field}' is not a field that this takes."));

    private static ProblemHttpResult Explain(JsonException unreadable)
    {
        // A field within a list is known by the list's name: tags[1] is tags.
        var field = (unreadable.Path?.TrimStart('$', '.') ?? "").Split('[')[0];
        return (field, unreadable.LineNumber) switch
        {
            // The position is the writer's to mend; the parser's own words would tell of .NET types.
            ("", { } line) => Problems.Unreadable(
                $"That isn't JSON, or it nests deeper than {Strict.MaxDepth} levels: look at line {line + 1}, byte {unreadable.BytePositionInLine + 1}."),
            ("", null) => Problems.Unreadable("The same field is given twice."),
            _ => Problems.Invalid(new BrokenRule(field, Rule(field))),
        };
    }

    private static string Rule(string field) => field switch
    {
        "id" or "entryId" => $"{field} is a UUID, such as 0197a9c1-5f0e-7d3c-9a52-3c1d2e4f5a6b.",
        "kind" => "kind is one of update, breaking, quote, fact, media, summary.",
        "bodyFormat" => "bodyFormat is markdown or html.",
        "status" => "status is open or closed.",
        "action" => "action is publish, edit or correct.",
        "revision" => "revision is a whole number; revisions count from 1.",
        "publishedAt" or "at" => $"{field} is a time as RFC 3339 has it, such as 2026-11-24T14:03:07Z.",
        "role" => "role is one of reporter, editor, admin.",
        "pinned" or "keyEvent" or "minor" => $"{field} is true or false.",
        "tags" or "clear" => $"{field} is a list of texts.",
        "image" => "image is an object with url, and alt, caption, credit, width, height if known.",
        "source" => "source is an object with name, and url if known.",
        "image.width" or "image.height" => $"{field} is a whole number of pixels.",
        _ => $"{field} is a text {WellFormed}",
    };
}
