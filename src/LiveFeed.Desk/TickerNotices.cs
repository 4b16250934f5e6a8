using MassTransit;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Desk;

/// <summary>
/// Tells the tickers of what the desk has written to the archive. They look there again by themselves: with the broker away they are
/// only slower to learn of it.
/// </summary>
public sealed class TickerNotices(IBus bus, TimeProvider clock, ILogger<TickerNotices> logger)
{
    /// <summary>Tells them; never throws for a broker that is away.</summary>
    /// <param name="news">What happened.</param>
    /// <param name="about">To what, for the log.</param>
    public async Task TellAsync<TNews>(TNews news, string about)
        where TNews : class
    {
        using var limit = new CancellationTokenSource(Submissions.BrokerPatience, clock);
        try
        {
            await bus.Publish(news, limit.Token);
        }
        catch (Exception failure) when (Submissions.IsBrokerAway(failure))
        {
            logger.LogWarning("The tickers weren't told of the change to {About} ({Reason}); they will find it in the archive", about, failure.Message);
        }
    }
}
