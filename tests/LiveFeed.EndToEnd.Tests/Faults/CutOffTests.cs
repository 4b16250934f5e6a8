using System.Net;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using LiveFeed.Ticker.Broker;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace LiveFeed.EndToEnd.Tests.Faults;

/// <summary>A ticker whose connection to the broker stands, and brings nothing: to it that looks just like a quiet feed.</summary>
public sealed class CutOffTests(Servers servers)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_ticker_that_nothing_is_announced_to_finds_out_says_so_and_is_well_again_when_it_is_over()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        var (cut, whole) = (newsroom.Nodes[^2], newsroom.Nodes[^1]);
        var reader = await newsroom.FollowAsync(node: 0);
        await reader.SeesAsync(await newsroom.PublishAsync("Before the cut"));
        await using var connection = await new ConnectionFactory { Uri = new(newsroom.Settings["ConnectionStrings:RabbitMq"]) }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var broker = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        var queue = cut.Services.GetRequiredService<NodeEndpoint>().Name;

        await broker.ExchangeUnbindAsync(queue, "LiveFeed.Contracts:EntryChanged", "", cancellationToken: TestContext.Current.CancellationToken);

        var unheard = await newsroom.PublishAsync("Into the silence");
        await Eventually.TrueAsync("the reader sees what was never announced to its node", () => reader.Position?.Seq >= unheard.Seq, Soon);
        await AnswersAsync(cut, HttpStatusCode.ServiceUnavailable, "aren't announced");
        await AnswersAsync(whole, HttpStatusCode.OK, "");

        await broker.ExchangeBindAsync(queue, "LiveFeed.Contracts:EntryChanged", "", cancellationToken: TestContext.Current.CancellationToken);
        await reader.SeesAsync(await newsroom.PublishAsync("It speaks again"));
        await AnswersAsync(cut, HttpStatusCode.OK, "");
        Assert.Equal(["Before the cut", "Into the silence", "It speaks again"], reader.Seen.Select(entry => entry.Headline));
    }

    private static async Task AnswersAsync(Node node, HttpStatusCode status, string why)
    {
        using var client = Newsroom.Client(node.Address);
        await Eventually.TrueAsync(
            $"{node.Address} answers {status} at /health/ready",
            async cancellation =>
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
                return answer.StatusCode == status && (await answer.Content.ReadAsStringAsync(cancellation)).Contains(why, StringComparison.Ordinal);
            },
            Soon);
    }
}
