using System.Text.Json.Nodes;
using LiveFeed.Archive.Databases;
using LiveFeed.Contracts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LiveFeed.Server.Operations;

/// <summary>What those who run the server need: health, a clear log, errors that keep internals inside, the description of the API.</summary>
internal static class OperationsServices
{
    public static void AddOperations(this WebApplicationBuilder builder, Settings settings)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.ConfigureHttpJsonOptions(json => Wire.Configure(json.SerializerOptions));
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Unanswered.Explain);
        builder.Services.AddExceptionHandler<ArchiveAway>();
        builder.Services.AddHealthChecks().AddCheck<ArchiveHealth>("archive", tags: ["ready"]);
        builder.Services.AddHostedService<Addresses>();
        builder.Services.AddDataProtection().SetApplicationName("LiveFeed");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<ArchiveDatabase>((keys, archive) => keys.XmlRepository = new ProtectionKeys(archive));
    }

    public static void UseOperations(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            // What is sent as JSON is JSON, whatever it looks like to a browser.
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return next(http);
        });
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }

    public static void MapOperations(this WebApplication app)
    {
        var anybody = app.MapGroup("").AllowAnonymous();
        anybody.MapStaticAssets();
        ApiDocument.Map(anybody);
        ApiReference.Map(anybody);
        anybody.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        anybody.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains("ready"),
            ResponseWriter = WriteAsync,
            ResultStatusCodes =
            {
                [HealthStatus.Healthy] = StatusCodes.Status200OK,
                [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable,
                [HealthStatus.Unhealthy] = StatusCodes.Status503ServiceUnavailable,
            },
        });
    }

    private static Task WriteAsync(HttpContext http, HealthReport report) =>
        http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["status"] = report.Status.ToString().ToLowerInvariant(),
            ["checks"] = new JsonObject(report.Entries.Select(check => KeyValuePair.Create<string, JsonNode?>(
                check.Key, check.Value.Status is HealthStatus.Healthy ? "healthy" : check.Value.Description ?? "unhealthy"))),
        });
}
