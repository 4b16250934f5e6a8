using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>How administrators open, describe, close and archive feeds on the page.</summary>
public sealed class FeedsPageTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task A_feed_is_opened_described_closed_archived_and_reopened(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (_, browser) = await newsroom.JoinedAsync($"Finn {mode}", DeskRole.Admin);
        using var admin = browser;
        var slug = $"flood-{Guid.NewGuid():N}"[..14];
        await SaysAsync(200, "The flood &amp; after is open", admin.SendAsync("/desk/feeds", ("slug", slug), ("title", "The flood & after"), ("language", "uk"), ("timeZone", "Europe/Kyiv")));
        var feed = await FindAsync();
        Assert.Equal(("The flood & after", "uk", "Europe/Kyiv"), (feed.Title, feed.Language, feed.TimeZone));
        await SaysAsync(409, "already", admin.SendAsync("/desk/feeds", ("slug", slug), ("language", "en"), ("timeZone", "UTC")));
        await SaysAsync(400, "IANA", admin.SendAsync("/desk/feeds", ("slug", $"{slug}-2"), ("language", "en"), ("timeZone", "Mars/Base")));
        await SaysAsync(400, "BCP 47", admin.SendAsync($"/desk/feeds/{slug}", ("title", "T"), ("language", ""), ("timeZone", "UTC")));
        await SaysAsync(404, "no feed named", admin.SendAsync("/desk/feeds/nowhere", ("title", "T"), ("language", "en"), ("timeZone", "UTC")));
        await SaysAsync(400, "open, closed or archived", admin.SendAsync($"/desk/feeds/{slug}/status", ("status", "burnt")));

        await SaysAsync(200, "The river is changed", admin.SendAsync($"/desk/feeds/{slug}", ("title", "The river"), ("language", "uk"), ("timeZone", "Europe/Kyiv")));
        await SaysAsync(200, "The river is closed", admin.SendAsync($"/desk/feeds/{slug}/status", ("status", "closed")));
        Assert.True(await IsListedAsync());

        await SaysAsync(200, "The river is archived", admin.SendAsync($"/desk/feeds/{slug}/status", ("status", "archived")));
        Assert.False(await IsListedAsync());
        using var refused = await newsroom.Desk.PostAsync(new Uri($"/api/feeds/{slug}/entries", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { headline = "Late" }));
        await new Refusal(409, "feed-closed", "is closed").CheckAsync(refused);
        Assert.Contains("The river", await newsroom.Ticker.GetStringAsync(new Uri($"/{slug}", UriKind.Relative)), StringComparison.Ordinal);

        await SaysAsync(200, "The river is open", admin.SendAsync($"/desk/feeds/{slug}/status", ("status", "open")));
        Assert.True(await IsListedAsync());

        async Task<Feed> FindAsync() => await Newsroom.ReadAsync<Feed>(await newsroom.Ticker.GetAsync(new Uri($"/api/feeds/{slug}", UriKind.Relative)));

        async Task<bool> IsListedAsync() =>
            (await newsroom.Ticker.GetStringAsync(new Uri("/", UriKind.Relative))).Contains($"href=\"/{slug}\"", StringComparison.Ordinal);
    }
}
