using LiveFeed.Archive;
using LiveFeed.Archive.Databases;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LiveFeed.Server.Operations;

/// <summary>Whether the archive can be read.</summary>
internal sealed class ArchiveHealth(FeedReader archive) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // A pooled connection whose other end has gone fails once, and takes the others like it with it: the second answer is the
        // database's own.
        return await IsReadAsync(cancellationToken) || await IsReadAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The archive can't be read.");
    }

    private async Task<bool> IsReadAsync(CancellationToken cancellation)
    {
        try
        {
            await archive.PositionsAsync(cancellation);
            return true;
        }
        catch (Exception away) when (ArchiveDatabase.IsPassing(away))
        {
            return false;
        }
    }
}

/// <summary>Says 503, not 500, while the archive is away: the request was right and may be sent again.</summary>
internal sealed class ArchiveAway(ILogger<ArchiveAway> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!ArchiveDatabase.IsPassing(exception))
        {
            return false;
        }

        logger.LogWarning("{Method} {Path} failed: the archive is away ({Reason})", httpContext.Request.Method, httpContext.Request.Path, exception.Message);
        httpContext.Response.Headers.RetryAfter = "1";
        await TypedResults.Problem(
            "The archive can't be reached at the moment. Try again; with the same Idempotency-Key nothing can happen twice.",
            statusCode: StatusCodes.Status503ServiceUnavailable, title: "The archive is away", type: "/problems/archive-away")
            .ExecuteAsync(httpContext);
        return true;
    }
}
