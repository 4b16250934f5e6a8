using LiveFeed.Browser.Tests.Browsing;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LiveFeed.Browser.Tests;

/// <summary>Who has read something that was wrong is told so; who hasn't, isn't.</summary>
public sealed class CorrectionTests(Servers servers, Chromium chromium)
{
    private static readonly string Long = string.Join("\n\n", Enumerable.Repeat("A paragraph that takes its room.", 40));

    [Theory, BothModes]
    public async Task Only_a_reader_who_had_it_in_view_is_told_of_a_correction(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var wrong = await newsroom.PublishAsync("Three bridges are closed");
        await using var reader = await chromium.OpenAsync(newsroom.Tickers[^1]);
        await reader.GoLiveAsync(newsroom.Feed);
        await reader.HasReadAsync(newsroom.Feed, wrong.Id);
        // On the other reader's page it stands far below what the window shows.
        await newsroom.PublishAsync(new { headline = "A long report", body = Long });
        await using var other = await chromium.OpenAsync(newsroom.Tickers[0]);
        await other.GoLiveAsync(newsroom.Feed);
        await Expect(other.Item("Three bridges are closed")).ToHaveCountAsync(1);

        await newsroom.CorrectAsync(wrong, new { headline = "Two bridges are closed", note = "It was two bridges, not three." });

        await Expect(reader.Notices()).ToContainTextAsync("Corrected since you read it: It was two bridges, not three.");
        await Expect(other.Item("Two bridges are closed").Locator(".entry-correction")).ToHaveCountAsync(1);
        await Expect(other.Notices()).ToHaveCountAsync(0);

        await reader.Notices().GetByRole(AriaRole.Link, new() { Name = "Two bridges are closed" }).ClickAsync();
        await Expect(reader.Item("Two bridges are closed")).ToBeInViewportAsync();
        await Expect(reader.Page.Locator($"#entry-{wrong.Id}")).ToBeFocusedAsync();
        await reader.Notices().GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(reader.Notices()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_was_away_when_it_was_corrected_is_told_once_they_are_back()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var wrong = await newsroom.PublishAsync("Three bridges are closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        tab.Expect("404");
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.HasReadAsync(newsroom.Feed, wrong.Id);
        await tab.GoAsync("/elsewhere");

        var corrected = await newsroom.CorrectAsync(wrong, new { headline = "Two bridges are closed", note = "It was two bridges, not three." });
        await newsroom.EditAsync(corrected, new { body = "Until noon." });

        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Notices()).ToContainTextAsync("It was two bridges, not three.");
        await tab.Notices().GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await tab.HasReadAsync(newsroom.Feed, wrong.Id, 3);
        await tab.GoLiveAsync(newsroom.Feed);
        await Expect(tab.Page.Locator(".entry-share").First).ToBeVisibleAsync();
        await Expect(tab.Notices()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_withdrawal_is_told_without_what_was_withdrawn_and_takes_an_earlier_notice_with_it()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded);
        var wrong = await newsroom.PublishAsync("Three bridges are closed");
        await using var tab = await chromium.OpenAsync(newsroom.Tickers[0]);
        await tab.GoLiveAsync(newsroom.Feed);
        await tab.HasReadAsync(newsroom.Feed, wrong.Id);

        var corrected = await newsroom.CorrectAsync(wrong, new { headline = "Two bridges are closed", note = "It was two." });
        await Expect(tab.Notices()).ToContainTextAsync("Two bridges are closed");
        await newsroom.RetractAsync(corrected, "All bridges are open.");

        await Expect(tab.Notices()).ToHaveCountAsync(1);
        await Expect(tab.Notices()).ToContainTextAsync("Withdrawn since you read it. All bridges are open.");
        Assert.DoesNotContain("Two bridges", await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }
}
