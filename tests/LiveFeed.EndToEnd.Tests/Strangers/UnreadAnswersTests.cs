using System.Globalization;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>A reader that calls and calls, and reads no answer, costs no more than one answer; one that reads slowly is another matter.</summary>
public sealed class UnreadAnswersTests(Servers servers)
{
    private const int ReceiveBuffer = 4 * 1024;

    [Fact]
    public async Task Answers_that_nobody_reads_do_not_pile_up_and_who_reads_slowly_gets_them()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        await using var node = await NodeProcess.StartAsync(newsroom, new Dictionary<string, string> { ["LiveFeed:Roles"] = "ticker" });
        for (var item = 0; item < 20; item++)
        {
            // All that a body may be: an answer to Follow has twenty of them, so it is more than a megabyte.
            await newsroom.PublishAsync(new { headline = $"Item {item}", body = new string('x', 60_000) });
        }

        using var good = await Stranger.GreetAsync(node.Address, Door.Plain);
        Assert.False((await good.AskAsync("Follow", newsroom.Feed)).TryGetProperty("error", out _));
        var before = await PeakAsync(node);

        using var slow = await Stranger.GreetAsync(node.Address, Door.Plain, ReceiveBuffer);
        await slow.SayAsync(Stranger.Call("Follow", newsroom.Feed));
        using var plain = await CallAsync(node, newsroom.Feed, Door.Plain);
        using var negotiated = await CallAsync(node, newsroom.Feed, Door.Negotiated);
        // The slow one takes its answer at 100 kB/s: longer than anybody may keep still, but it does not.
        var slowly = Eventually.TrueAsync("the slow one has its answer", async _ => await slow.ReadSomeAsync(most: 2_000));
        await Eventually.TrueAsync("those who don't read are cut", async _ => await IsCutAsync(plain) & await IsCutAsync(negotiated), TimeSpan.FromSeconds(14));
        var grown = await PeakAsync(node) - before;

        Assert.True(grown < 64 * 1024, $"It took {grown} KiB.");
        Assert.False((await good.AskAsync("Follow", newsroom.Feed)).TryGetProperty("error", out _));

        await slowly;
        Assert.Equal(3, (await slow.HearAsync())!.Value.GetProperty("type").GetInt32());
    }

    private static async Task<Stranger> CallAsync(NodeProcess node, string feed, Door door)
    {
        var caller = await Stranger.GreetAsync(node.Address, door, ReceiveBuffer);
        for (var call = 0; call < 90; call++)
        {
            await caller.SayAsync(Stranger.Call("Follow", feed).Replace("\"1\"", $"\"{call}\"", StringComparison.Ordinal));
        }

        // Byte by byte, a message that never ends: it is never counted, and shows whether there is still a line.
        await caller.SendAsync(ClientFrame.Of(ClientFrame.Text, [], claims: 1_000));
        return caller;
    }

    private static async Task<bool> IsCutAsync(Stranger caller)
    {
        try
        {
            await caller.SendAsync(new byte[1]);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    }

    // The most memory that the process has had so far, in KiB.
    private static async Task<long> PeakAsync(NodeProcess node)
    {
        var status = await File.ReadAllLinesAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{node.Process.Id}/status"));
        return long.Parse(status.Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
