using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

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
        Assert.DoesNotContain(posting.EnumerateObject(), property => property.Value.ValueKind is JsonValueKind.Null);
        Assert.Contains($"<link rel=\"canonical\" href=\"{newsroom.Tickers[0].GetLeftPart(UriPartial.Authority)}/{newsroom.Feed}\"", page, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Every_page_tells_networks_what_it_is_and_where(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync(new
        {
            headline = "Crane \"topples\"",
            body = "It was **seen** there.",
            tags = new[] { "port & sea" },
            image = new { url = "https://example.org/crane.jpg?a=1&b=2", alt = "A crane" },
        });
        var host = newsroom.Tickers[0].GetLeftPart(UriPartial.Authority);
        foreach (var (path, type, title, description, image) in new[]
        {
            ("/", "website", "LiveFeed", "Feeds", (string?)null),
            ($"/{newsroom.Feed}", "website", "Test feed", "Live updates: Test feed", null),
            ($"/{newsroom.Feed}?tag=port%20%26%20sea", "website", "Test feed", "Live updates: Test feed", null),
            ($"/{newsroom.Feed}/{entry.Id}", "article", "Crane \"topples\"", "It was seen there.", "https://example.org/crane.jpg?a=1&b=2"),
        })
        {
            var (_, page) = await ReadAsync(newsroom, path);
            Assert.Equal(host + path, Told(page, "link rel=\"canonical\" href"));
            Assert.Equal(host + path, Told(page, "meta property=\"og:url\" content"));
            Assert.Equal((type, title, description, image), (
                Told(page, "meta property=\"og:type\" content"), Told(page, "meta property=\"og:title\" content"),
                Told(page, "meta property=\"og:description\" content"), Told(page, "meta property=\"og:image\" content")));
            Assert.Equal((title, description), (WebUtility.HtmlDecode(Regex.Match(page, "<title>(.*?)</title>").Groups[1].Value), Told(page, "meta name=\"description\" content")));
        }
    }

    [Theory, BothModes]
    public async Task What_is_passing_or_gone_or_was_a_test_is_not_to_be_found(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        await newsroom.PublishAsync("Below");
        var entry = await newsroom.PublishAsync("Crane topples");
        var gone = await newsroom.PublishAsync("Not true");
        await newsroom.RetractAsync(gone);
        var place = (await newsroom.ListAsync("limit=1")).Next;
        var (test, closed) = ($"{newsroom.Feed}-test", $"{newsroom.Feed}-contest");
        foreach (var slug in new[] { test, closed })
        {
            using var created = await newsroom.Desk.PostAsJsonAsync("/api/feeds", new { slug, title = "Another feed" });
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
            Assert.False(await IsHiddenAsync($"/{slug}", HttpStatusCode.OK));
            using var changed = await newsroom.Desk.PatchAsJsonAsync($"/api/feeds/{slug}", new { status = "closed" });
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }

        foreach (var path in new[] { "/", $"/{newsroom.Feed}", $"/{newsroom.Feed}?tag=any", $"/{newsroom.Feed}/{entry.Id}" })
        {
            Assert.False(await IsHiddenAsync(path, HttpStatusCode.OK), path);
        }

        foreach (var (path, status) in new[]
        {
            ($"/{newsroom.Feed}?before={place}", HttpStatusCode.OK),
            ($"/{newsroom.Feed}/{entry.Id}/changes", HttpStatusCode.OK),
            ($"/{newsroom.Feed}/{gone.Id}", HttpStatusCode.Gone),
            ($"/{newsroom.Feed}/{gone.Id}/changes", HttpStatusCode.Gone),
            ($"/{newsroom.Feed}/{Guid.CreateVersion7()}", HttpStatusCode.NotFound),
            ("/no-such-feed", HttpStatusCode.NotFound),
            ($"/{newsroom.Feed}?before=yesterday", HttpStatusCode.BadRequest),
        })
        {
            Assert.True(await IsHiddenAsync(path, status), path);
        }

        // A node is told that a feed was closed a moment after the desk.
        await Eventually.TrueAsync("the test feed is over and hidden", async _ => await IsHiddenAsync($"/{test}", HttpStatusCode.OK));
        await Eventually.TrueAsync("the contest is over", async _ => (await ReadAsync(newsroom, $"/{closed}")).Page.Contains("This feed is closed", StringComparison.Ordinal));
        Assert.False(await IsHiddenAsync($"/{closed}", HttpStatusCode.OK));

        async Task<bool> IsHiddenAsync(string path, HttpStatusCode expected)
        {
            var (status, page) = await ReadAsync(newsroom, path);
            Assert.Equal((path, expected), (path, status));
            // What isn't to be found isn't described to search engines either.
            var hidden = Told(page, "meta name=\"robots\" content") == "noindex";
            Assert.False(hidden && page.Contains("ld+json", StringComparison.Ordinal), path);
            return hidden;
        }
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
        Assert.Matches($"(?s)data-id=\"{above.Id}\".*data-id=\"{entry.Id}\"[^>]*data-current[^>]*>\\s*<article aria-current=\"true\" class=.*data-id=\"{below.Id}\"", page);
        Assert.Single(Regex.Matches(page, "aria-current"));

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

    private static string? Told(string page, string what) =>
        Regex.Matches(page, $"<{what}=\"([^\"]*)\"") is [var only] ? WebUtility.HtmlDecode(only.Groups[1].Value) : null;

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Json();
}
