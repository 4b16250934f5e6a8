using System.Net;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>The newsroom is told on how many tickers a change stands, how soon it came there, and who is still on what was before.</summary>
public sealed class ReceiptTests(Servers servers)
{
    [Theory, BothModes]
    public async Task A_receipt_adds_up_what_every_ticker_node_knows_and_waits_for_nobody_who_has_left(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        using var reporter = await newsroom.WriterAsync(DeskRole.Reporter);
        var before = await newsroom.PublishAsync("Before");
        var (page, partner, program) = (await newsroom.FollowAsync(0), await newsroom.FollowAsync(1), await newsroom.FollowAsync(1, door: Door.Negotiated));
        var monitor = await newsroom.FollowAsync(0);
        await monitor.BeMonitorAsync();
        foreach (var screen in new[] { page, partner })
        {
            // The first word on a line: from now on this screen is asked.
            Assert.Equal(new Asked(1, 0), await screen.ConfirmAsync());
        }

        await ReadsAsync(newsroom, reporter, before, "three tickers are open, beside the newsroom's own", receipt => receipt.Readers == 3);

        var item = await newsroom.PublishAsync("Ferry late");
        var everyone = new[] { page, partner, program, monitor };
        await Task.WhenAll(everyone.Select(reader => reader.SeesAsync(item)));
        // What is impossible counts for nothing.
        var epoch = page.Position!.Value.Epoch;
        await page.ConfirmAsync(before.Seq, ago: 600_000);
        await partner.ConfirmAsync(before.Seq, ago: 0, position: $"{epoch}:{item.Seq + 1_000}");
        await partner.ConfirmAsync(before.Seq, ago: 0, position: $"elsewhere:{item.Seq}");
        var receipt = await ReadsAsync(newsroom, reporter, item, "it is pushed to three, and one of two screens has confirmed", receipt => receipt is { PushedTo: 3, Confirmed: 1 });
        Assert.Equal((1, new ReceiptTimes(0, null, null)), (receipt.Waiting, receipt.Seen));
        Assert.InRange(receipt.AcceptedMs!.Value, 0, 30_000);

        await partner.ConfirmAsync(before.Seq, ago: 1);
        receipt = await ReadsAsync(newsroom, reporter, item, "both screens have confirmed", receipt => receipt.Confirmed == 2);
        Assert.Equal((0, 1), (receipt.Waiting, receipt.Seen.Samples));
        Assert.InRange(receipt.Seen.P50Ms!.Value, 1, 30_000);
        Assert.Equal(receipt.Seen.P50Ms, receipt.Seen.P99Ms);

        var withdrawn = await newsroom.RetractAsync(item);
        await Task.WhenAll(everyone.Select(reader => reader.SeesAsync(withdrawn)));
        await page.ConfirmAsync();
        await ReadsAsync(newsroom, reporter, withdrawn, "one screen has confirmed and one has not", receipt => receipt is { Confirmed: 1, Waiting: 1, Readers: 3 });
        await partner.DisposeAsync();
        await ReadsAsync(newsroom, reporter, withdrawn, "nobody waits for the one that left", receipt => receipt is { Confirmed: 1, Waiting: 0, Readers: 2 });
    }

    [Theory, BothModes]
    public async Task What_has_no_receipt_is_refused_by_its_rule(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var item = await newsroom.PublishAsync("Ferry late");
        foreach (var (path, status) in new[]
        {
            ($"{item.Id}/receipt?revision=0", HttpStatusCode.BadRequest),
            ("seven/receipt", HttpStatusCode.BadRequest),
            ($"{Guid.NewGuid()}/receipt", HttpStatusCode.NotFound),
            ($"{item.Id}/receipt?revision=9", HttpStatusCode.OK),
        })
        {
            using var answer = await newsroom.Desk.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}/entries/{path}", UriKind.Relative));
            Assert.Equal(status, answer.StatusCode);
        }

        using var stranger = await newsroom.Ticker.GetAsync(new Uri(newsroom.Desk.BaseAddress!, $"/api/feeds/{newsroom.Feed}/entries/{item.Id}/receipt"));
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory, BothModes]
    public async Task Readers_are_counted_by_where_they_stand_now_and_minute_by_minute(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.FollowAsync(0);
        await using var own = await OnPageAsync(newsroom, newsroom.Tickers[0], newsroom.Tickers[0].GetLeftPart(UriPartial.Authority));
        await using var partner = await OnPageAsync(newsroom, newsroom.Tickers[^1], "https://News.Partner.example");
        await using var another = await OnPageAsync(newsroom, newsroom.Tickers[0], "https://news.partner.example:8443", Door.Negotiated);
        await using var odd = await OnPageAsync(newsroom, newsroom.Tickers[0], "null");
        var everyone = new Dictionary<string, int> { ["programs"] = 1, ["own pages"] = 1, ["news.partner.example"] = 2, ["others"] = 1 };

        await CountsAsync("all are counted now", readers => Same(everyone, readers.Now));
        await CountsAsync("they are noted", readers => readers.Minutes.Any(minute => Same(everyone, minute.Readers)));
        await partner.DisposeAsync();
        await another.DisposeAsync();
        var now = await CountsAsync("who has left isn't counted", readers => !readers.Now.ContainsKey("news.partner.example"));
        Assert.Contains(now.Minutes, minute => Same(everyone, minute.Readers));

        foreach (var (query, status) in new[]
        {
            ("?from=yesterday", HttpStatusCode.BadRequest), ("?to=2026", HttpStatusCode.BadRequest),
            ("?to=0001-01-01T00:00:00Z", HttpStatusCode.OK),
            ("?from=2026-11-24T14:00:00Z&to=2026-11-24T13:00:00Z", HttpStatusCode.BadRequest),
            ("?from=2026-11-21T14:00:00Z&to=2026-11-24T13:00:00Z", HttpStatusCode.BadRequest),
            ("?from=2020-11-24T13:00:00Z&to=2020-11-24T14:00:00Z", HttpStatusCode.OK),
        })
        {
            using var answer = await newsroom.Desk.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}/readers{query}", UriKind.Relative));
            Assert.Equal(status, answer.StatusCode);
        }

        Task<ReadersOverTime> CountsAsync(string sentence, Func<ReadersOverTime, bool> right) => Eventually.ReadsAsync(
            sentence,
            async cancellation => await Newsroom.ReadAsync<ReadersOverTime>(await newsroom.Desk.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}/readers", UriKind.Relative), cancellation)),
            right);

        static bool Same(Dictionary<string, int> expected, IReadOnlyDictionary<string, int> counted) =>
            expected.Count == counted.Count && expected.All(one => counted.GetValueOrDefault(one.Key) == one.Value);
    }

    // As a browser does, which says what page it is on.
    private static async Task<HubConnection> OnPageAsync(Newsroom newsroom, Uri node, string origin, Door door = Door.Plain)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(node, "/hubs/ticker"), options =>
        {
            options.Headers["Origin"] = origin;
            options.SkipNegotiation = door is Door.Plain;
            options.Transports = HttpTransportType.WebSockets;
        }).Build();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync<object>("Follow", newsroom.Feed, TestContext.Current.CancellationToken);
        return hub;
    }

    private static Task<Receipt> ReadsAsync(Newsroom newsroom, HttpClient reporter, Entry entry, string sentence, Func<Receipt, bool> right) => Eventually.ReadsAsync(
        sentence,
        async cancellation => await Newsroom.ReadAsync<Receipt>(
            await reporter.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}/entries/{entry.Id}/receipt?revision={entry.Revision}", UriKind.Relative), cancellation)),
        right);
}
