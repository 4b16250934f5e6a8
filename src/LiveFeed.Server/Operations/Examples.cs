using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace LiveFeed.Server.Operations;

/// <summary>What is sent and answered, by example: <c>examples.json</c> has one for each schema that a whole body has.</summary>
internal static class Examples
{
    private static readonly Lazy<JsonObject> BySchema = new(() =>
    {
        using var file = typeof(Examples).Assembly.GetManifestResourceStream("Operations/examples.json")!;
        return JsonNode.Parse(file)!.AsObject();
    });

    public static void Show(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            var answers = operation.Responses!.Where(answer => int.Parse(answer.Key, CultureInfo.InvariantCulture) < 300).Select(answer => answer.Value.Content);
            foreach (var body in answers.Append(operation.RequestBody?.Content).SelectMany(content => content?.Values ?? []))
            {
                body.Example = Of(body.Schema);
            }
        }
    }

    private static JsonNode? Of(IOpenApiSchema? schema) => schema switch
    {
        OpenApiSchemaReference named => BySchema.Value[named.Reference.Id!]?.DeepClone(),
        { Type: JsonSchemaType.Array, Items: OpenApiSchemaReference one } => new JsonArray(Of(one)),
        _ => null,
    };
}
