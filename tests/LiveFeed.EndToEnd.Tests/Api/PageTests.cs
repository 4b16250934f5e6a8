using System.Net;
using System.Text.RegularExpressions;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Api;

/// <summary>The readers' pages as they leave the server: each says what it is and leads on.</summary>
public sealed class PageTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task Every_page_has_one_heading_and_leads_to_where_it_belongs(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        await newsroom.PublishAsync("Under the border");
        var entry = await newsroom.PublishAsync("Crane topples");
        var older = (await newsroom.ListAsync("limit=1")).Next;

        foreach (var (path, heading, link) in new[]
        {
            ("/", "Feeds", $"/{newsroom.Feed}"),
            ($"/{newsroom.Feed}", "Test feed", "/"),
            ($"/{newsroom.Feed}?before={older}", "Test feed", "/"),
            ($"/{newsroom.Feed}/{entry.Id}", "Test feed", $"/{newsroom.Feed}"),
            ("/no-such-feed", "Not found", "/"),
        })
        {
            var (_, page) = await ReadAsync(newsroom, path);
            Assert.Equal(heading, Regex.Replace(Assert.Single(Regex.Matches(page, "<h1.*?</h1>", RegexOptions.Singleline)).Value, "<.*?>", ""));
            Assert.Matches($"""<a href="{link}"[ >]""", page);
        }
    }

    [Theory, BothModes]
    public async Task A_damaged_place_in_the_feed_is_said_to_be_damaged(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        foreach (var place in new[] { "yesterday", "" })
        {
            var (status, page) = await ReadAsync(newsroom, $"/{newsroom.Feed}?before={place}");

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("<title>The address is damaged</title>", page, StringComparison.Ordinal);
            Assert.Contains("which stands after before=", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Not found", page, StringComparison.Ordinal);
        }
    }

    private static async Task<(HttpStatusCode Status, string Page)> ReadAsync(Newsroom newsroom, string path)
    {
        using var response = await newsroom.Ticker.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
