using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>Who keeps the list of partners, by the API and on the page.</summary>
public sealed class PartnersTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private static readonly Uri Partners = new("/api/partners", UriKind.Relative);

    [Theory, BothModes]
    public async Task A_partner_is_added_changed_and_taken_off(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var answer = await newsroom.Desk.PostAsJsonAsync(
            Partners, new { name = " The Tide ", origins = new[] { "HTTPS://Tide.Example:443/", "https://tide.example", "https://bücher.example" }, feeds = new[] { newsroom.Feed } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var tide = await Newsroom.ReadAsync<Partner>(answer);
        Assert.Equal($"/api/partners/{tide.Key}", answer.Headers.Location?.ToString());
        // As browsers will say it.
        Assert.Equal(["https://tide.example", "https://xn--bcher-kva.example"], tide.Origins);
        Assert.Equal(("The Tide", false, false, newsroom.Feed), (tide.Name, tide.Sandboxed, tide.Programs, Assert.Single(tide.Feeds)));

        var changed = await Newsroom.ReadAsync<Partner>(await newsroom.Desk.PatchAsJsonAsync($"/api/partners/{tide.Key}", new { origins = new[] { "http://localhost:8080" }, programs = true }));
        Assert.Equal(("The Tide", "http://localhost:8080", true), (changed.Name, Assert.Single(changed.Origins), changed.Programs));
        var listed = Assert.Single(await ListAsync(newsroom), one => one.Key == tide.Key);
        Assert.Equal(JsonSerializer.Serialize(changed, Wire.Json), JsonSerializer.Serialize(listed, Wire.Json));

        using var removed = await newsroom.Desk.DeleteAsync(new Uri($"/api/partners/{tide.Key}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        foreach (var late in new[] { new HttpRequestMessage(HttpMethod.Delete, $"/api/partners/{tide.Key}"), new(HttpMethod.Patch, $"/api/partners/{tide.Key}") { Content = JsonContent.Create(new { programs = false }) } })
        {
            using var refused = await newsroom.Desk.SendAsync(late);
            await new Refusal(404, "unknown-partner", "no partner with this key").CheckAsync(refused);
        }

        // The name is free again, its key is not.
        Assert.NotEqual(tide.Key, (await Newsroom.ReadAsync<Partner>(await newsroom.Desk.PostAsJsonAsync(Partners, new { name = "The Tide" }))).Key);
    }

    [Theory, BothModes]
    public async Task What_breaks_a_rule_is_told_and_changes_nothing(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var partner = await Newsroom.ReadAsync<Partner>(await newsroom.Desk.PostAsJsonAsync(Partners, new { name = $"The Ebb {mode}", origins = new[] { "https://ebb.example" } }));
        var before = JsonSerializer.Serialize(await ListAsync(newsroom), Wire.Json);
        foreach (var (refusal, wanted) in new (Refusal, object)[]
        {
            (new(400, "invalid", "has a name", "name"), new { origins = new[] { "https://a.example" } }),
            (new(400, "invalid", "has a name", "name"), new { name = " " }),
            (new(400, "invalid", "one line", "name"), new { name = "Two\nlines" }),
            (new(400, "invalid", "stand for other readers", "name"), new { name = "Own pages" }),
            (new(409, "partner-exists", "already"), new { name = $"the ebb {mode}" }),
            (new(400, "invalid", "at most 20 origins", "origins"), new { name = "Many", origins = Enumerable.Range(0, 21).Select(i => $"https://a{i}.example") }),
            (new(400, "invalid", "no feed named 'nowhere'", "feeds"), new { name = "Lost", feeds = new[] { "nowhere" } }),
            (new(400, "invalid", "not a field", "secret"), new { name = "Own", secret = "mine" }),
        })
        {
            using var refused = await newsroom.Desk.PostAsJsonAsync(Partners, wanted, Wire.Json);
            await refusal.CheckAsync(refused);
        }

        foreach (var origin in (string[])["*", "https://*.example", "null", "courier.example", "https://a.example/path", "https://a.example/?q", "https://a.example#x", "ftp://a.example",
            "javascript:alert(1)", "https://user@a.example", "https://", "https://a.example.", "https://a.example; script-src *", "'self'", ""])
        {
            using var refused = await newsroom.Desk.PatchAsJsonAsync($"/api/partners/{partner.Key}", new { origins = new[] { "https://good.example", origin } });
            await new Refusal(400, "invalid", "is no origin", "origins").CheckAsync(refused);
        }

        Assert.Equal(before, JsonSerializer.Serialize(await ListAsync(newsroom), Wire.Json));
    }

    [Theory, BothModes]
    public async Task An_administrator_does_all_of_it_on_the_page_and_the_audit_log_has_it(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (_, browser) = await newsroom.JoinedAsync($"Pia {mode}", DeskRole.Admin);
        using var admin = browser;
        var page = await SaysAsync(200, "is a partner now", admin.SendAsync(
            "/desk/partners", ("name", "Sea <i>"), ("origins", "https://sea.example\r\n  https://m.sea.example "), ("feed", newsroom.Feed), ("programs", "true")));
        Assert.Contains("Sea &lt;i&gt;", page, StringComparison.Ordinal);
        var sea = (await ListAsync(newsroom)).First(one => one.Name == "Sea <i>");
        Assert.Equal(["https://sea.example", "https://m.sea.example"], sea.Origins);
        Assert.Equal((true, false, newsroom.Feed), (sea.Programs, sea.Sandboxed, Assert.Single(sea.Feeds)));
        await SaysAsync(409, "already", admin.SendAsync("/desk/partners", ("name", "Sea <i>")));
        await SaysAsync(400, "without a path or an asterisk", admin.SendAsync("/desk/partners", ("name", "Lake"), ("origins", "https://lake.example/page")));
        await SaysAsync(200, "is changed", admin.SendAsync($"/desk/partners/{sea.Key}", ("name", "Ocean"), ("origins", "https://sea.example")));
        Assert.Equal(("Ocean", false), ((await ListAsync(newsroom)).First(one => one.Key == sea.Key) is var ocean ? (ocean.Name, ocean.Programs) : default));
        await SaysAsync(200, "is off the list", admin.SendAsync($"/desk/partners/{sea.Key}/removal"));
        await SaysAsync(404, "no such partner", admin.SendAsync($"/desk/partners/{sea.Key}/removal"));

        await Eventually.TrueAsync("all of it is in the audit log", async cancellation =>
        {
            var log = await newsroom.Desk.GetStringAsync(new Uri("/api/audit?limit=100", UriKind.Relative), cancellation);
            return ((string[])["addPartner", "changePartner", "removePartner"]).All(action => log.Contains($"\"{action}\"", StringComparison.Ordinal));
        });
    }

    private static async Task<IReadOnlyList<Partner>> ListAsync(Newsroom newsroom) =>
        await Newsroom.ReadAsync<IReadOnlyList<Partner>>(await newsroom.Desk.GetAsync(Partners));
}
