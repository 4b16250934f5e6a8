using LiveFeed.Ticker.Admission;
using LiveFeed.Ticker.Followers;
using LiveFeed.Ticker.Hub;
using LiveFeed.Ticker.Partners;
using LiveFeed.Ticker.Receipts;
using LiveFeed.Ticker.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveFeed.Ticker.Push;

/// <summary>
/// Takes those who open the hub's WebSocket in the plain way; everyone else goes on to ASP.NET. A reader taken in here costs a
/// fraction of one at SignalR, and speaks the same protocol: TLS, negotiation, HTTP/2 and all that is unusual get SignalR itself.
/// </summary>
internal sealed class PushDoor(
    Shards shards, Doorkeeper keeper, IOptions<ForwardedHeadersOptions> proxies, FollowCall follow, SeenCall seen,
    HubMessages messages,
    IEnumerable<IHubProtocol> protocols, TimeProvider clock, ILogger<PushDoor> log)
{
    // What the kernel holds for a reader who stopped reading. Left to itself it takes megabytes.
    private const int SendBuffer = 64 * 1024;

    private readonly SpokenProtocol[] spoken = [.. protocols.Select(protocol => new SpokenProtocol(protocol, messages))];

    /// <summary>Serves a new line until it is over, if it is a reader's; otherwise nothing has been taken off what has come on it.</summary>
    /// <returns>True when it was.</returns>
    public async Task<bool> TakesAsync(Line line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (await ReadAsync(line) is not var (request, visit))
        {
            return false;
        }

        using (visit)
        {
            line.Socket.SendBufferSize = SendBuffer;
            await ServeAsync(line, request);
        }

        return true;
    }

    private async Task ServeAsync(Line line, UpgradeRequest request)
    {
        var shard = shards.Next();
        var reader = new PushReader(line, shard);
        reader.Answer(request.Accept());
        shard.Add(reader);
        try
        {
            await new HubSession(line, reader, follow, seen, Site.Of(request.Origin, request.Host, request.PartnerKey), spoken, log).RunAsync();
            await HearOutAsync(line);
        }
        finally
        {
            line.Close(atOnce: false);
            shards.Exit(shard, reader);
        }
    }

    /// <summary>
    /// Throws away what a reader still says that was told to go, until it has. A line that is closed with bytes unread is reset, and a
    /// reset may overtake what was said last.
    /// </summary>
    private async Task HearOutAsync(Line line)
    {
        if (line.IsOver)
        {
            return;
        }

        await using var patience = clock.CreateTimer(_ => line.Close(atOnce: true), null, TimeSpan.FromSeconds(Patience.LastWords), Timeout.InfiniteTimeSpan);
        while (!line.IsOver)
        {
            // Away from the receiver: one who talks and talks would keep it from hearing the others.
            await Task.Yield();
            await line.ReadAsync();
        }
    }

    /// <summary>
    /// Reads the request and lets the reader in, if it is one for us and there is room. Otherwise ASP.NET answers it, also who must be
    /// turned away, and who says nothing for so long that the receiver loses patience: Kestrel has its own with those.
    /// </summary>
    private async Task<(UpgradeRequest Request, Doorkeeper.Visit Visit)?> ReadAsync(Line line)
    {
        while (await line.PeekAsync() is { Length: > 0 } come)
        {
            var ours = UpgradeRequest.Read(come, out var length, out var request);
            if (ours is true && keeper.TryEnter(ReaderAddress.Of(line.Remote, request!.ForwardedFor, proxies.Value), out _) is { } visit)
            {
                line.Skip(length);
                return (request, visit);
            }

            if (ours is not null)
            {
                return null;
            }
        }

        return null;
    }
}
