using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>The broker is killed while somebody writes: they write on, and what they publish goes on the air once it is back, once.</summary>
public sealed class BrokerAwayTests(Servers servers, Chromium chromium)
{
    [Theory]
    [InlineData(1400)]
    [InlineData(360)]
    public async Task What_is_written_and_published_without_a_broker_goes_on_the_air_once_when_it_is_back(int width)
    {
        await using var rabbitMq = await RabbitMqServer.StartAsync();
        await using var newsroom = await Newsroom.OpenAsync(
            servers, Mode.Distributed, settings: new Dictionary<string, string> { ["ConnectionStrings:RabbitMq"] = rabbitMq.ConnectionString });
        // MassTransit and its client call a broker that went away an error; it was killed here.
        newsroom.ExpectErrors(record => record.Category.StartsWith("MassTransit", StringComparison.Ordinal) && record.Level == LogLevel.Error);
        await using var desk = await chromium.SignInAsync(newsroom, new Reading(Width: width));
        desk.Expect("Failed to load resource");
        await using var reader = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await reader.GoLiveAsync(newsroom.Feed);

        await desk.Field("Headline").FillAsync("The harbour");
        await rabbitMq.KillAsync();
        await desk.Field("Headline").FillAsync("The harbour is closed");
        await Expect(desk.Page.GetByText("Kept as a draft")).ToBeVisibleAsync();
        await desk.Field("Headline").PressAsync("Control+Enter");
        await desk.SaysAsync("Not live yet");
        await Expect(reader.Items).ToHaveCountAsync(0);
        await desk.StaysWithinItsWidthAsync();

        await rabbitMq.StartAgainAsync();
        // MassTransit looks for a broker that was away for long every 30 seconds, and then the queues are made anew.
        await Expect(desk.Page.Locator(".desk-notice")).ToContainTextAsync("Published.", new() { Timeout = 120_000 });
        await reader.ShowsAsync("The harbour is closed");
        await Expect(desk.Field("Headline")).ToHaveValueAsync("");
        Assert.Equal(["The harbour is closed"], (await newsroom.ListAsync()).Entries.Select(entry => entry.Headline));
    }
}
