using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Strangers;

/// <summary>Who comes and says nothing, or says nothing more, is let go of in time at either door, and counted.</summary>
public sealed class SilenceTests(Servers servers)
{
    [Fact]
    public async Task Who_says_nothing_is_let_go_of_and_counted()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        // All of them together: it is the waiting that takes so long.
        await Task.WhenAll(Enum.GetValues<Door>().Select(door => BeSilentAsync(newsroom, door)));
    }

    private static async Task BeSilentAsync(Newsroom newsroom, Door door)
    {
        using var ended = Counted.Ended(newsroom.Nodes[0], door);
        using var mute = await Stranger.ConnectAsync(newsroom.Tickers[0]);
        await mute.OpenAsync(door);
        using var fallenSilent = await Stranger.GreetAsync(newsroom.Tickers[0], door);
        await fallenSilent.SayAsync("{\"type\":6}\u001e");

        await CountsAsync("1 no_handshake", within: 20);
        await CountsAsync("1 no_handshake, 1 silent", within: 60);

        Task CountsAsync(string reasons, int within) => Eventually.ReadsAsync(
            $"those let go of at the {door} door are counted", _ => Task.FromResult(ended.ToString()), counted => counted == reasons, TimeSpan.FromSeconds(within));
    }
}
