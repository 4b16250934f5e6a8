using System.Net;
using System.Net.Http.Json;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>Who makes and ends the keys of other systems, by the API and on the page.</summary>
public sealed class KeysTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private static readonly Uri Keys = new("/api/keys", UriKind.Relative);

    [Theory, BothModes]
    public async Task A_key_opens_what_it_is_for_until_it_is_revoked(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var answer = await newsroom.Desk.PostAsJsonAsync(Keys, new { name = "The wire", role = "editor", feeds = new[] { newsroom.Feed } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await Newsroom.ReadAsync<MadeKey>(answer);
        Assert.Equal($"/api/keys/{made.Key.Id}", answer.Headers.Location?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        using var wire = Newsroom.Client(newsroom.Desk.BaseAddress!, made.Secret);

        using var published = await PublishAsync(wire, newsroom.Feed);
        Assert.Equal(HttpStatusCode.Created, published.StatusCode);
        var listed = Assert.Single(await ListAsync(newsroom), key => key.Id == made.Key.Id);
        Assert.Equal(("The wire", DeskRole.Editor, newsroom.Feed), (listed.Name, listed.Role, Assert.Single(listed.Feeds)));
        Assert.NotNull(listed.LastUsedAt);
        Assert.DoesNotContain(made.Secret, await newsroom.Desk.GetStringAsync(Keys), StringComparison.Ordinal);
        using var mine = await wire.GetAsync(Keys);
        await new Refusal(403, "role-needed", "admin").CheckAsync(mine);

        using var ended = await newsroom.Desk.DeleteAsync(new Uri($"/api/keys/{made.Key.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        using var refused = await PublishAsync(wire, newsroom.Feed);
        await new Refusal(401, "sign-in-first", "API key").CheckAsync(refused);
        using var again = await newsroom.Desk.DeleteAsync(new Uri($"/api/keys/{made.Key.Id}", UriKind.Relative));
        await new Refusal(404, "unknown-key", "no key of this id").CheckAsync(again);
    }

    [Theory, BothModes]
    public async Task What_breaks_a_rule_is_told_and_makes_no_key(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var before = (await ListAsync(newsroom)).Count;
        foreach (var (refusal, key) in new (Refusal, object)[]
        {
            (new(400, "invalid", "has a name", "name"), new { role = "editor" }),
            (new(400, "invalid", "has a name", "name"), new { name = "  ", role = "editor" }),
            (new(400, "invalid", "has a role", "role"), new { name = "Wire" }),
            (new(400, "invalid", "one of reporter, editor, admin", "role"), new { name = "Wire", role = "owner" }),
            (new(400, "invalid", "no feed named 'nowhere'", "feeds"), new { name = "Wire", role = "editor", feeds = new[] { "nowhere" } }),
            (new(400, "invalid", "not a field", "secret"), new { name = "Wire", role = "editor", secret = "of my own choice" }),
        })
        {
            using var refused = await newsroom.Desk.PostAsJsonAsync(Keys, key, Wire.Json);
            await refusal.CheckAsync(refused);
        }

        Assert.Equal(before, (await ListAsync(newsroom)).Count);
    }

    [Theory, BothModes]
    public async Task An_administrator_does_all_of_it_on_the_page_and_the_audit_log_has_it(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (_, browser) = await newsroom.JoinedAsync($"Kea {mode}", DeskRole.Admin);
        using var admin = browser;
        var page = await SaysAsync(200, "is not shown again", admin.SendAsync("/desk/keys", ("name", "Partner <i>"), ("role", "reporter"), ("feed", newsroom.Feed)));
        Assert.Contains("Partner &lt;i&gt;", page, StringComparison.Ordinal);
        var key = (await ListAsync(newsroom)).First(one => one.Name == "Partner <i>");
        Assert.Equal(newsroom.Feed, Assert.Single(key.Feeds));
        await SaysAsync(400, "has a role", admin.SendAsync("/desk/keys", ("name", "Nobody's"), ("role", "boss")));
        await SaysAsync(400, "isn&#x27;t there any more", admin.SendAsync("/desk/keys", ("name", "Nobody's"), ("role", "editor"), ("feed", "nowhere")));
        await SaysAsync(200, "is revoked", admin.SendAsync($"/desk/keys/{key.Id}/revocation"));
        await SaysAsync(404, "no such key", admin.SendAsync($"/desk/keys/{key.Id}/revocation"));

        await Eventually.TrueAsync("the audit log has it", async cancellation =>
        {
            var log = await newsroom.Desk.GetStringAsync(new Uri("/api/audit?limit=50", UriKind.Relative), cancellation);
            return log.Contains($"/desk/keys/{key.Id}/revocation", StringComparison.Ordinal) && log.Contains("\"revokeKey\"", StringComparison.Ordinal)
                && log.Contains($"Kea {mode}", StringComparison.Ordinal);
        });
    }

    private static async Task<IReadOnlyList<ApiKey>> ListAsync(Newsroom newsroom) =>
        await Newsroom.ReadAsync<List<ApiKey>>(await newsroom.Desk.GetAsync(Keys));

    private static async Task<HttpResponseMessage> PublishAsync(HttpClient writer, string feed) =>
        await writer.PostAsJsonAsync(new Uri($"/api/feeds/{feed}/entries", UriKind.Relative), new { headline = "By key" });
}
