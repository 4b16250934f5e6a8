using System.Text.Json.Nodes;
using LiveFeed.Desk;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LiveFeed.Server.Operations;

/// <summary>What the OpenAPI document can't read off the code by itself.</summary>
internal sealed class Description : IOpenApiDocumentTransformer, IOpenApiOperationTransformer
{
    private const string KeyScheme = "apiKey";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "LiveFeed",
            Version = typeof(Description).Assembly.GetName().Version?.ToString(3),
            Description = "Read a live news ticker, and write to it. Errors are problem+json (RFC 9457); lists page by an opaque cursor.",
        };
        // The document describes whichever host serves it.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key." },
        };
        SchemaWords.Mend(document);
        Examples.Show(document);
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            parameter.Schema = Form(parameter.Name) ?? parameter.Schema;
        }

        var path = context.Description.RelativePath ?? "";
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RoleNeeded>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
        }

        if (path.EndsWith("/pictures", StringComparison.Ordinal))
        {
            Pictures.Describe(operation);
        }

        if (context.Description.HttpMethod is not "GET")
        {
            if (path.Contains("/entries", StringComparison.Ordinal))
            {
                operation.Parameters.Add(Header("Idempotency-Key", "Any text that names this submission: the same again is a repeat and gets the first answer."));
            }

            if (path.Contains("{id}", StringComparison.Ordinal))
            {
                operation.Parameters.Add(Header("If-Match", "The revision that the writer saw, in quotes, or * for whatever is newest.",
                    required: !path.EndsWith("/retraction", StringComparison.Ordinal)));
            }
            else if (path.Contains("{draft}", StringComparison.Ordinal))
            {
                operation.Parameters.Add(Header("If-Match", "The draft's version that the writer saw, in quotes, or * for whatever is newest.",
                    required: !path.EndsWith("{draft}", StringComparison.Ordinal)));
            }
        }
        else if (path.EndsWith("/stream", StringComparison.Ordinal))
        {
            operation.Parameters.Add(Header("Last-Event-ID", "The id of the event seen last; browsers send it by themselves."));
        }
        else if (operation.Responses?.ContainsKey("304") == true)
        {
            operation.Parameters.Add(Header("If-None-Match", "The ETag of the answer held: 304 when it is still right."));
        }

        return Task.CompletedTask;
    }

    // Addresses are taken as texts, so that each mistake is answered with its rule; their form is more than that.
    private static OpenApiSchema? Form(string? parameter) => parameter switch
    {
        "feed" => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[a-z0-9-]{1,64}$" },
        "id" or "draft" or "person" => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        "limit" => new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "100", Default = 20 },
        "keyEvents" or "mine" => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        "state" => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames<DraftState>().Select(name => JsonValue.Create(name.ToLowerInvariant()))] },
        "include" => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("body")] },
        "since" or "position" => SchemaWords.Position(),
        _ => null,
    };

    private static OpenApiParameter Header(string name, string description, bool required = false) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
