using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LiveFeed.Ticker.Syndication;

/// <summary>Last-Modified, for programs that know no ETags.</summary>
internal static class FreshnessByDate
{
    /// <summary>
    /// A date has whole seconds. What was sent with it must be all that there ever is of that second, by the clock of the node that
    /// wrote too; so for this long after a change there is none.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Tells the date, and whether the caller has what is as new; false when it sent an ETag, which says more (RFC 9110, section
    /// 13.2.2). Only the very same date counts: a log that was restored may end before what the caller has seen of it.
    /// </summary>
    public static bool IsKnown(HttpContext context, DateTimeOffset changedAt, DateTimeOffset now)
    {
        if (now - changedAt < Settled)
        {
            return false;
        }

        var date = changedAt.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        context.Response.Headers.LastModified = date;
        return context.Request.Headers.IfNoneMatch.Count == 0 && context.Request.Headers.IfModifiedSince == date;
    }
}
