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
    public async Task What_is_damaged_in_an_address_is_told_by_its_name(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        foreach (var (query, told) in new[]
        {
            ("before=yesterday", "which stands after before=, can"),
            ("before=", "which stands after before=, can"),
            ("after=tomorrow", "which stands after after=, can"),
            ("tag=", "A tag, which stands after tag=, has 1 to 64 characters"),
            ($"tag={new string('x', 65)}", "A tag, which stands after tag=, has 1 to 64 characters"),
            ("tag=a%0Ab", "A tag, which stands after tag=, has 1 to 64 characters"),
        })
        {
            var (status, page) = await ReadAsync(newsroom, $"/{newsroom.Feed}?{query}");

            Assert.Equal((query, HttpStatusCode.BadRequest), (query, status));
            Assert.Contains("<title>The address is damaged</title>", page, StringComparison.Ordinal);
            Assert.Contains(told, page, StringComparison.Ordinal);
            Assert.DoesNotContain("Not found", page, StringComparison.Ordinal);
        }
    }

    private static async Task<(HttpStatusCode Status, string Page)> ReadAsync(Newsroom newsroom, string path)
    {
        using var response = await newsroom.Ticker.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
