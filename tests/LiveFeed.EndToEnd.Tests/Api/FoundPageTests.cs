using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Api;

/// <summary>The pages as search engines, networks and deep links meet them.</summary>
public sealed partial class FoundPageTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task A_page_tells_search_engines_every_entry_that_it_shows(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync(new { headline = "</script> & <b>", body = "It was **seen** there." });

        var (_, page) = await ReadAsync(newsroom, $"/{newsroom.Feed}");

        using var story = JsonDocument.Parse(Json().Match(page).Groups[1].Value);
        Assert.Equal("LiveBlogPosting", story.RootElement.GetProperty("@type").GetString());
        var posting = Assert.Single(story.RootElement.GetProperty("liveBlogUpdate").EnumerateArray(),
            posting => posting.GetProperty("url").GetString() == $"{newsroom.Tickers[0].GetLeftPart(UriPartial.Authority)}/{newsroom.Feed}/{entry.Id}");
        Assert.Equal("</script> & <b>", posting.GetProperty("headline").GetString());
        Assert.Equal("It was seen there.", posting.GetProperty("articleBody").GetString());
        Assert.Contains($"<link rel=\"canonical\" href=\"{newsroom.Tickers[0].GetLeftPart(UriPartial.Authority)}/{newsroom.Feed}\"", page, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Other_spellings_of_an_address_lead_to_the_one(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("Crane topples");
        var own = $"/{newsroom.Feed}/{entry.Id}";

        foreach (var (other, one) in new[]
        {
            ($"/{newsroom.Feed.ToUpperInvariant()}", $"/{newsroom.Feed}"),
            ($"/{newsroom.Feed}/?tag=a", $"/{newsroom.Feed}?tag=a"),
            ($"/{newsroom.Feed}/{entry.Id:B}", own),
            ($"/{newsroom.Feed}/{entry.Id:N}", own),
            ($"/{newsroom.Feed}/{entry.Id.ToString().ToUpperInvariant()}/changes/", $"{own}/changes"),
        })
        {
            using var handler = new HttpClientHandler { AllowAutoRedirect = false };
            using var client = new HttpClient(handler) { BaseAddress = newsroom.Tickers[0] };
            using var response = await client.GetAsync(new Uri(other, UriKind.Relative));
            Assert.Equal((other, HttpStatusCode.MovedPermanently, one), (other, response.StatusCode, response.Headers.Location?.OriginalString));
        }
    }

    [Theory, BothModes]
    public async Task An_entry_stands_among_its_neighbours_until_it_is_withdrawn(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var below = await newsroom.PublishAsync("Below");
        var entry = await newsroom.PublishAsync("The one");
        var above = await newsroom.PublishAsync("Above");

        var (status, page) = await ReadAsync(newsroom, $"/{newsroom.Feed}/{entry.Id}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches($"(?s)data-id=\"{above.Id}\".*data-id=\"{entry.Id}\"[^>]*data-current.*data-id=\"{below.Id}\"", page);

        await newsroom.RetractAsync(entry, "It was another one.");
        foreach (var address in new[] { $"/{newsroom.Feed}/{entry.Id}", $"/{newsroom.Feed}/{entry.Id}/changes" })
        {
            (status, page) = await ReadAsync(newsroom, address);
            Assert.Equal(HttpStatusCode.Gone, status);
            Assert.Contains("It was another one.", page, StringComparison.Ordinal);
            Assert.Contains("<meta name=\"robots\" content=\"noindex\">", page, StringComparison.Ordinal);
            Assert.DoesNotContain("The one", page, StringComparison.Ordinal);
        }
    }

    [Theory, BothModes]
    public async Task What_changed_is_told_word_by_word_the_newest_first(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var first = await newsroom.PublishAsync(new { headline = "Crane topples", body = "Three <people> were hurt." });
        var second = await newsroom.EditAsync(first, new { body = "Four <people> were hurt." });
        await newsroom.CorrectAsync(second, new { note = "It was two.", body = "Two <people> were hurt." });

        var (_, page) = await ReadAsync(newsroom, $"/{newsroom.Feed}/{first.Id}/changes");

        Assert.Matches("(?s)It was two\\..*<del>Four</del><ins>Two</ins> &lt;people&gt; were hurt\\..*<del>Three</del><ins>Four</ins>", page);
        Assert.DoesNotMatch("<(ins|del)>[^<]*(people|Crane)", page);
    }

    [Theory, BothModes]
    public async Task The_list_goes_up_as_it_goes_down(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        for (var number = 1; number <= 5; number++)
        {
            await newsroom.PublishAsync($"Item {number}");
        }

        var top = await newsroom.ListAsync("limit=2");
        var middle = await newsroom.ListAsync($"limit=2&before={top.Next}");
        var back = await newsroom.ListAsync($"limit=1&after={middle.Previous}");
        Assert.Equal([top.Entries[1].Id], back.Entries.Select(entry => entry.Id));
        var first = await newsroom.ListAsync($"limit=2&after={back.Previous}");
        Assert.Equal(top.Entries[0].Id, Assert.Single(first.Entries).Id);
        Assert.Null(first.Previous);
        var (_, page) = await ReadAsync(newsroom, $"/{newsroom.Feed}?before={top.Next}");
        Assert.Contains($"?after={middle.Previous}\">Show newer", page, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Key_events_and_tags_can_be_jumped_to(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var turning = await newsroom.PublishAsync(new { headline = "It turns", keyEvent = true, tags = new[] { "port & sea" } });
        var other = await newsroom.PublishAsync("Another");

        var (_, page) = await ReadAsync(newsroom, $"/{newsroom.Feed}");
        Assert.Matches($"(?s)<nav class=\"feed-key-events\".*<a href=\"/{newsroom.Feed}/{turning.Id}\" data-id=\"{turning.Id}\">.*</nav>", page);
        Assert.Contains($"href=\"/{newsroom.Feed}?tag=port%20%26%20sea\"", page, StringComparison.Ordinal);

        var (_, tagged) = await ReadAsync(newsroom, $"/{newsroom.Feed}?tag=port%20%26%20sea");
        Assert.Contains($"data-id=\"{turning.Id}\"", tagged, StringComparison.Ordinal);
        Assert.DoesNotContain($"{other.Id}", tagged, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task The_front_page_shows_the_newest_of_each_feed_that_was_not_withdrawn(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        await newsroom.PublishAsync(new { headline = "Pinned and old", pinned = true });
        var newest = await newsroom.PublishAsync("Still true");
        var gone = await newsroom.PublishAsync("Not true");
        await newsroom.RetractAsync(gone);

        var (_, page) = await ReadAsync(newsroom, "/");

        Assert.Matches($"(?s)data-feed=\"{newsroom.Feed}\".{{0,300}}data-id=\"{newest.Id}\" data-seq=\"{newest.Seq}\".{{0,300}}Still true", page);
        Assert.DoesNotContain("Not true", page, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Pages_of_no_feed_speak_the_readers_language(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/no-such-feed");
        request.Headers.AcceptLanguage.ParseAdd("fr, ar-EG;q=0.8, de;q=0.5");
        using var response = await newsroom.Ticker.SendAsync(request);

        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Accept-Language", response.Headers.Vary);
    }

    private static async Task<(HttpStatusCode Status, string Page)> ReadAsync(Newsroom newsroom, string path)
    {
        using var response = await newsroom.Ticker.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Json();
}
