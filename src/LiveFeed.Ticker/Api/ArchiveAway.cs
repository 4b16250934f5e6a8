using System.Data.Common;
using LiveFeed.Archive.Databases;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Api;

/// <summary>Answers 503 in the place of a stack trace when the archive can't be reached.</summary>
internal sealed class ArchiveAway(ILogger<ArchiveAway> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty;
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException || ArchiveDatabase.IsPassing(failure))
        {
            log.LogWarning("The archive can't be reached: {Reason}", failure.Message);
            context.HttpContext.Response.Headers.RetryAfter = "2";
            return Problems.ArchiveAway();
        }
    }
}
