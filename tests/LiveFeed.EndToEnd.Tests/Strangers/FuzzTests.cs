using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using Microsoft.Extensions.Logging;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>Alone, after the others: it weighs the memory of the whole process.</summary>
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// Whatever strangers send, at either door, costs one connection of theirs: memory stays bounded, nothing is an error of ours, and the
/// good readers see what they should. A failed run prints a seed; <c>LIVEFEED_TEST_SEED</c> replays what was sent.
/// </summary>
[Collection(nameof(FuzzTests))]
public sealed class FuzzTests(Servers servers, ITestOutputHelper output)
{
    private const int Rounds = 20;
    private const int AttacksARound = 400;
    private const long MostMemory = 16 * 1024 * 1024;

    [Theory, InlineData(Door.Plain), InlineData(Door.Negotiated)]
    public async Task Whatever_strangers_send_nobody_else_notices(Door door)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var node = newsroom.Nodes[0];
        using var ended = Counted.Ended(node, door);
        await using var plain = await Witness.OpenAsync(newsroom, Door.Plain);
        await using var negotiated = await Witness.OpenAsync(newsroom, Door.Negotiated);
        var attacks = new Attacks(Seed.Random(output.WriteLine), newsroom.Feed);
        var published = new List<Entry>();
        var memory = 0L;

        for (var round = 0; round <= Rounds; round++)
        {
            // The first round is for what is made once and kept.
            memory = round == 1 ? GC.GetTotalMemory(forceFullCollection: true) : memory;
            var sent = Enumerable.Range(0, AttacksARound).Select(_ => attacks.Next(door)).ToList();
            var attacking = Parallel.ForEachAsync(sent, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (attack, _) => await AttackAsync(newsroom.Tickers[0], attack));
            published.Add(await newsroom.PublishAsync($"Round {round}"));
            await plain.SeesAsync(published[^1]);
            await negotiated.SeesAsync(published[^1]);
            await attacking;
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
        output.WriteLine($"{ended}; {grown / 1024} KiB more");
        plain.HasSeen(published);
        negotiated.HasSeen(published);
        await using var late = await Witness.OpenAsync(newsroom, door);
        await late.SeesAsync(await newsroom.PublishAsync("Afterwards"));
        Assert.True(grown < MostMemory, $"{Rounds * AttacksARound} attacks left {grown} bytes behind.");
        // Every end has its reason, and none of them is a failure of ours.
        Assert.Equal(0, ended.Of("failed"));
        Assert.True(ended.Of("malformed") > Rounds * AttacksARound / 10, ended.ToString());
        // Nor does it fill the log: who reads that has better to do.
        Assert.Empty(node.Log.Records.Where(record => record.Level >= LogLevel.Warning).Select(record => record.ToString()).Take(3));
    }

    // Says it all, in whatever pieces the line makes of it, and stays until the node has ended the connection.
    private static async Task AttackAsync(Uri node, byte[] attack)
    {
        using var stranger = await Stranger.ConnectAsync(node);
        try
        {
            await stranger.SendAsync(attack.AsMemory(0, attack.Length / 2));
            await stranger.SendAsync(attack.AsMemory(attack.Length / 2));
            stranger.Finish();
        }
        catch (System.Net.Sockets.SocketException)
        {
            // It had heard enough.
        }

        try
        {
            await stranger.EndAsync();
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"{failure.Message} Sent: {Convert.ToBase64String(attack)}", failure);
        }
    }
}
