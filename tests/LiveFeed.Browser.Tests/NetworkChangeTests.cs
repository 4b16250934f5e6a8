using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.Browser.Tests;

/// <summary>What readers see whose laptop goes from one network to another.</summary>
public sealed class NetworkChangeTests(Servers servers, Chromium chromium)
{
    private const string Unreachable = "WebSocket connection to .* failed|net::ERR_";

    [Theory, BothModes]
    public async Task On_another_network_the_page_goes_on_where_it_was_and_at_once(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var line = new Line(newsroom.Tickers[0]);
        await using var tab = await chromium.OpenAsync(line.Address);
        tab.Expect(Unreachable);
        var first = await newsroom.PublishAsync("In the office");
        var second = await newsroom.PublishAsync("To be withdrawn");
        await tab.GoLiveAsync(newsroom.Feed);

        for (var change = 1; change <= 3; change++)
        {
            // What was open leads nowhere and nobody says so, the browser has no network for a moment, and then another node is nearest.
            await line.FallSilentAsync();
            await tab.SetOfflineAsync(true);
            line.Server = newsroom.Tickers[change % newsroom.Tickers.Count];
            first = await newsroom.EditAsync(first, new { headline = $"On network {change}" });
            await newsroom.PublishAsync($"Between the networks {change}");
            if (change == 2)
            {
                await newsroom.RetractAsync(second);
            }

            await tab.SetOfflineAsync(false);
            await tab.StandsAsListedAsync(newsroom);
            await tab.IsLiveAsync();
            await newsroom.PublishAsync($"On network {change} again");
            await tab.StandsAsListedAsync(newsroom);
        }

        await tab.HoldsNowhereAsync("To be withdrawn");
        await tab.HasOneSocketAsync();
    }

    [Theory, BothModes]
    public async Task A_network_that_goes_silent_is_noticed_without_any_word_of_it(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await using var line = new Line(newsroom.Tickers[^1]);
        await using var tab = await chromium.OpenAsync(line.Address);
        tab.Expect(Unreachable);
        await newsroom.PublishAsync("Before");
        await tab.GoLiveAsync(newsroom.Feed);

        await line.FallSilentAsync();
        await newsroom.PublishAsync("Into the silence");
        await tab.StandsAsListedAsync(newsroom);
        await tab.IsLiveAsync();
    }
}
