using Microsoft.OpenApi;

namespace LiveFeed.Server.Operations;

/// <summary>What is sent where pictures are taken: the bytes say what they are, so the code names no type.</summary>
internal static class Pictures
{
    private static readonly string[] Types = ["image/jpeg", "image/png", "image/webp", "image/gif"];

    public static void Describe(OpenApiOperation operation)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "The file. What it is, its bytes say; names and Content-Type don't count.",
            // An empty schema is any bytes (OpenAPI 3.1, 4.8.14.3).
            Content = Types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema() }),
        };
    }
}
