using LiveFeed.Archive;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.Ticker;
using LiveFeed.Ticker.Admission;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LiveFeed.Server.Operations;

/// <summary>
/// The OpenAPI document of the whole API. A node knows its own roles' addresses alone, and readers of the document don't care which
/// node they asked: so it is read off an application that has them all and never starts, the same one on every node.
/// </summary>
internal sealed class ApiDocument
{
    private readonly Lazy<Task<string>> text = new(WriteAsync);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var document = new ApiDocument();
        routes.MapMethods("/openapi/v1.json", [HttpMethods.Get, HttpMethods.Head],
            async () => TypedResults.Text(await document.text.Value, "application/json")).ExcludeFromDescription();
    }

    private static async Task<string> WriteAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        // Nothing is opened until something is read, and nothing is.
        builder.Services.AddArchive(postgres: null, redis: null, sqliteFile: "archive.db");
        builder.Services.AddDesk();
        builder.Services.AddTicker(new ReaderLimits());
        builder.Services.ConfigureHttpJsonOptions(json => Wire.Configure(json.SerializerOptions));
        builder.Services.AddOpenApi("v1", openApi =>
        {
            openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            // A HEAD is its GET without the body; there is no more to say of it.
            openApi.ShouldInclude = address => address.HttpMethod != HttpMethods.Head;
            openApi.AddSchemaTransformer((schema, context, _) => SchemaWords.LetBeAbsent(schema, context.JsonTypeInfo));
            openApi.AddOperationTransformer<Description>();
            openApi.AddDocumentTransformer<Description>();
        });
        await using var whole = builder.Build();
        whole.UseRouting();
        whole.MapDesk();
        whole.MapTicker();
        // Hands the addresses over to those who describe them, which otherwise happens at the start.
        ((IApplicationBuilder)whole).UseEndpoints(_ => { });

        var document = await whole.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }
}
