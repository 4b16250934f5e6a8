using LiveFeed.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LiveFeed.Server.Operations;

/// <summary>What the OpenAPI document can't read off the code by itself.</summary>
internal sealed class Description : IOpenApiDocumentTransformer, IOpenApiOperationTransformer, IOpenApiSchemaTransformer
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
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.HttpMethod is not ("POST" or "PATCH"))
        {
            return Task.CompletedTask;
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
        operation.Parameters ??= [];
        operation.Parameters.Add(Header("Idempotency-Key", "Any text that names this submission: the same again is a repeat and gets the first answer."));
        if (context.Description.RelativePath?.Contains("{id}", StringComparison.Ordinal) == true)
        {
            operation.Parameters.Add(Header("If-Match", "The revision that the writer saw, in quotes, or * for whatever is newest."));
        }

        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // Types with a JSON form of their own.
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        }
        else if (type == typeof(Position))
        {
            (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^[A-Za-z0-9]{1,32}:[0-9]+$");
            schema.Description = "What a reader has seen, epoch:seq.";
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
