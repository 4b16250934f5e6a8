using LiveFeed.Ticker.Push;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Hub;

/// <summary>
/// Turns what goes wrong in a call into a sentence for the caller, and keeps internals inside. SignalR would log a caller's
/// mistake as an error of ours.
/// </summary>
public sealed class HubFailures(ILogger<HubFailures> log) : IHubFilter
{
    /// <summary>What a caller is told when the archive is needed and away.</summary>
    internal const string Away = "The feed can't be read at the moment. Try again in a few seconds.";

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        try
        {
            return await next(invocationContext);
        }
        catch (Exception failure) when (failure is not HubException)
        {
            if (!invocationContext.Context.ConnectionAborted.IsCancellationRequested)
            {
                log.LogWarning(failure, "The call {Method} failed.", invocationContext.HubMethodName);
            }

            throw new HubException(Away);
        }
    }

    /// <summary>Notes why SignalR ended a connection, for the count at its door.</summary>
    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        // SignalR cancels what it hears no more pings of.
        context.Context.Features.Get<Followings>()!.End ??= exception is OperationCanceledException
            ? CloseReason.Silent
            : CloseReason.ToldBy(exception?.Message);
        return next(context, exception);
    }
}
