using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests;

/// <summary>The main job: what is done at the desk stands on every open ticker.</summary>
public sealed class FromDeskToTickerTests(Servers servers)
{
    [Theory, BothModes]
    public async Task An_item_posted_at_the_desk_stands_on_every_open_ticker(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var first = await newsroom.FollowAsync(node: 0);
        var second = await newsroom.FollowAsync(node: 1);
        var binary = await newsroom.FollowAsync(node: 1, messagePack: true);

        var posted = await newsroom.PublishAsync(new
        {
            headline = "Ferry runs aground off Lantern Point",
            body = "Nobody is hurt, the *harbour master* says.",
            kind = "breaking",
            tags = new[] { "ferry", "harbour" },
            source = new { name = "Harbour radio", url = "https://example.org/radio" },
        });

        foreach (var reader in new[] { first, second, binary })
        {
            await reader.SeesAsync(posted);
            var shown = Assert.Single(reader.Ticker);
            Assert.Equal(posted.Id, shown.Id);
            Assert.Equal("Ferry runs aground off Lantern Point", shown.Headline);
            Assert.Equal(EntryKind.Breaking, shown.Kind);
            Assert.Equal(["ferry", "harbour"], shown.Tags);
            Assert.Contains("<em>harbour master</em>", shown.Html, StringComparison.Ordinal);
            Assert.Null(shown.Body);
        }
    }

    [Theory, BothModes]
    public async Task Every_change_of_an_entry_follows_on_the_open_tickers(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync(node: 1);

        // Each is waited for: of two states in quick succession a ticker may be told the newer one alone.
        var posted = await SeenAsync(newsroom.PublishAsync("The mayor will speak at nune"));
        var minor = await SeenAsync(newsroom.EditAsync(posted, new { headline = "The mayor will speak at nine", minor = true }));
        Assert.Null(minor.UpdatedAt);
        var pinned = await SeenAsync(newsroom.EditAsync(minor, new { pinned = true }));
        Assert.Null(pinned.UpdatedAt);
        var edited = await SeenAsync(newsroom.EditAsync(pinned, new { body = "She has asked for calm." }));
        Assert.NotNull(edited.UpdatedAt);
        var corrected = await SeenAsync(newsroom.CorrectAsync(edited, new { headline = "The mayor will speak at ten", note = "The hour was wrong." }));
        await newsroom.PublishAsync("Something else meanwhile");
        await SeenAsync(newsroom.RetractAsync(corrected, "The speech was never planned."));

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], reader.Seen.Select(change => change.Seq));
        Assert.Equal([1, 2, 3, 4, 5, 6], reader.Seen.Where(change => change.Id == posted.Id).Select(change => change.Revision));
        Assert.Equal("The hour was wrong.", reader.Seen[4].Correction?.Note);
        Assert.Contains("The hour was wrong.", reader.Seen[4].Html, StringComparison.Ordinal);
        var tombstone = reader.Ticker.Single(entry => entry.Id == posted.Id);
        Assert.Equal(EntryStatus.Retracted, tombstone.Status);
        Assert.Equal("The speech was never planned.", tombstone.Correction?.Note);
        Assert.Null(tombstone.Headline);
        Assert.Null(tombstone.Html);
        Assert.DoesNotContain("mayor", await newsroom.Ticker.GetStringAsync(new Uri($"/{newsroom.Feed}", UriKind.Relative)), StringComparison.Ordinal);

        async Task<Entry> SeenAsync(Task<Entry> change)
        {
            await reader.SeesAsync(await change);
            return await change;
        }
    }

    [Theory, BothModes]
    public async Task Who_comes_late_sees_the_newest_and_who_comes_back_gets_only_what_was_missed(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        for (var i = 1; i <= 25; i++)
        {
            await newsroom.PublishAsync($"Item {i}");
        }

        var late = await newsroom.FollowAsync(node: 0);
        Assert.Equal(1, late.Resets);
        Assert.Equal(Enumerable.Range(6, 20).Reverse().Select(i => $"Item {i}"), late.Ticker.Select(entry => entry.Headline!));
        var left = late.Position.ToString();
        await late.DisposeAsync();

        var oldest = (await newsroom.ListAsync()).Entries[^1];
        var edited = await newsroom.EditAsync(oldest, new { headline = "Item 1, edited" });
        await newsroom.EditAsync(edited, new { headline = "Item 1, edited twice" });
        await newsroom.PublishAsync("Item 26");

        var back = await newsroom.FollowAsync(node: 1, position: left);
        Assert.Equal(0, back.Resets);
        Assert.Equal(["Item 1, edited twice", "Item 26"], back.Seen.Select(entry => entry.Headline));
    }

    [Theory, BothModes]
    public async Task A_position_of_another_log_starts_the_reader_afresh(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        await newsroom.PublishAsync("The only item");

        var stranger = await newsroom.FollowAsync(position: "someotherlog:7");
        Assert.Equal(1, stranger.Resets);
        Assert.Single(stranger.Ticker);

        var fromTheFuture = await newsroom.FollowAsync(position: $"{stranger.Position!.Value.Epoch}:99");
        Assert.Equal(1, fromTheFuture.Resets);
        Assert.Equal(1, fromTheFuture.Position?.Seq);
    }

    [Theory, BothModes]
    public async Task Pinned_entries_stand_first_and_paging_goes_back_to_the_very_first_while_items_arrive(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        for (var i = 1; i <= 12; i++)
        {
            await newsroom.PublishAsync(new { headline = $"Item {i}", pinned = i == 3 });
        }

        var pages = new List<string?>();
        string? next = null;
        do
        {
            var page = await newsroom.ListAsync("limit=5" + (next is null ? "" : $"&before={next}"));
            pages.AddRange(page.Entries.Select(entry => entry.Headline));
            next = page.Next;
            await newsroom.PublishAsync("Meanwhile");
        }
        while (next is not null);

        Assert.Equal(["Item 3", .. Enumerable.Range(1, 12).Reverse().Where(i => i != 3).Select(i => $"Item {i}")], pages);
    }
}
