using System.Net;
using System.Text;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>A feed that breaks a rule isn't made, and none is changed into one.</summary>
public sealed class RefusedFeedsTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private const string SlugRule = "1 to 64 characters of a-z, 0-9 and the hyphen";

    [Theory]
    [InlineData("""{}""", "slug", SlugRule)]
    [InlineData("""{"slug":null}""", "slug", SlugRule)]
    [InlineData("""{"slug":""}""", "slug", SlugRule)]
    [InlineData("""{"slug":"Storm"}""", "slug", SlugRule)]
    [InlineData("""{"slug":"sturm-über-kiel"}""", "slug", SlugRule)]
    [InlineData("""{"slug":"a/b"}""", "slug", SlugRule)]
    [InlineData("""{"slug":"a\n"}""", "slug", SlugRule)]
    [InlineData("""{"slug":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}""", "slug", SlugRule)]
    [InlineData("""{"slug":7}""", "slug", "slug is a text")]
    [InlineData("""{"slug":"api"}""", "slug", "'api' can't be a feed's slug")]
    [InlineData("""{"slug":"desk"}""", "slug", "'desk' can't be a feed's slug")]
    [InlineData("""{"slug":"assets"}""", "slug", "something else at that address")]
    [InlineData("""{"slug":"health"}""", "slug", "something else at that address")]
    [InlineData("""{"slug":"hubs"}""", "slug", "something else at that address")]
    [InlineData("""{"slug":"embed"}""", "slug", "something else at that address")]
    [InlineData("""{"slug":"openapi"}""", "slug", "something else at that address")]
    [InlineData("""{"slug":"good","title":" "}""", "title", "A feed has a title")]
    [InlineData("""{"slug":"good","title":"a\u0000"}""", "title", "control character")]
    [InlineData("""{"slug":"good","title":"a\nb"}""", "title", "one line")]
    [InlineData("""{"slug":"good","language":"english"}""", "language", "BCP 47")]
    [InlineData("""{"slug":"good","language":"xx"}""", "language", "BCP 47")]
    [InlineData("""{"slug":"good","language":"en_US"}""", "language", "BCP 47")]
    [InlineData("""{"slug":"good","language":""}""", "language", "BCP 47")]
    [InlineData("""{"slug":"good","timeZone":"Kyiv"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"UTC+2"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"W. Europe Standard Time"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"../../etc/passwd"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"localtime"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"posixrules"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"posix/Europe/Kyiv"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"right/UTC"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"Factory"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"Europe//Kyiv"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","timeZone":"UTC\u0000"}""", "timeZone", "IANA")]
    [InlineData("""{"slug":"good","status":"closed"}""", "status", "'status' is not a field")]
    [InlineData("""{"slug":"good","titel":"x"}""", "titel", "'titel' is not a field")]
    public async Task A_bad_feed_is_not_made(string json, string field, string says)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        using var before = await newsroom.Ticker.GetAsync(new Uri("/api/feeds", UriKind.Relative));

        await new Refusal(400, "invalid", says, field).OfAsync(newsroom, Json(HttpMethod.Post, "/api/feeds", json));

        using var after = await newsroom.Ticker.GetAsync(new Uri("/api/feeds", UriKind.Relative));
        Assert.Equal(await before.Content.ReadAsStringAsync(), await after.Content.ReadAsStringAsync());
    }

    [Theory, BothModes]
    public async Task A_zone_is_taken_as_browsers_know_it(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        foreach (var zone in new[] { "Etc/GMT+2", "EST5EDT", "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "Europe/Kyiv", "UTC" })
        {
            using var changed = await newsroom.Desk.SendAsync(Json(HttpMethod.Patch, $"/api/feeds/{newsroom.Feed}", $$"""{"timeZone":"{{zone}}"}"""));
            Assert.Equal(zone, (await Newsroom.ReadAsync<Feed>(changed)).TimeZone);
        }

        // A zone that was used is at hand in any case, but only until the next start, so that never counts.
        foreach (var zone in new[] { "europe/kyiv", "posix/Europe/Kyiv", "right/Europe/Kyiv", "localtime", "posixrules", "Factory", "Europe//Kyiv" })
        {
            await new Refusal(400, "invalid", "IANA", "timeZone").OfAsync(newsroom, Json(HttpMethod.Patch, $"/api/feeds/{newsroom.Feed}", $$"""{"timeZone":"{{zone}}"}"""));
        }

        Assert.Equal("UTC", (await FeedAsync(newsroom)).TimeZone);
    }

    [Theory]
    [InlineData("""{"title":null}""", "title", "can't be emptied")]
    [InlineData("""{"language":"klingon"}""", "language", "BCP 47")]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "timeZone", "IANA")]
    [InlineData("""{"status":"paused"}""", "status", "open or closed")]
    [InlineData("""{"status":0}""", "status", "open or closed")]
    [InlineData("""{"slug":"other"}""", "slug", "'slug' is not a field")]
    public async Task A_bad_change_leaves_the_feed_as_it_was(string json, string field, string says)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var before = await FeedAsync(newsroom);

        await new Refusal(400, "invalid", says, field).OfAsync(newsroom, Json(HttpMethod.Patch, $"/api/feeds/{newsroom.Feed}", json));

        Assert.Equal(before, await FeedAsync(newsroom));
    }

    [Theory, BothModes]
    public async Task A_slug_that_is_taken_is_refused(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);

        await new Refusal(409, "feed-exists", $"a feed named '{newsroom.Feed}' already").OfAsync(
            newsroom, Json(HttpMethod.Post, "/api/feeds", $$"""{"slug":"{{newsroom.Feed}}","title":"Usurper"}"""));

        Assert.Equal("Test feed", (await FeedAsync(newsroom)).Title);
    }

    private static async Task<Feed> FeedAsync(Newsroom newsroom)
    {
        using var response = await newsroom.Ticker.GetAsync(new Uri($"/api/feeds/{newsroom.Feed}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonSerializer.Deserialize<Feed>(await response.Content.ReadAsStringAsync(), Wire.Json)!;
    }

    private static HttpRequestMessage Json(HttpMethod method, string path, string json) =>
        new(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}
