using System.Net;
using System.Net.Http.Json;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.Desk;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>Who may not write is told so; nothing is stored and no reader sees anything.</summary>
public sealed class RefusedWritersTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private static readonly Refusal SignInFirst = new(401, "sign-in-first", "Authorization: Bearer KEY");

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer lf_abcdefgh_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Bearer lf_'; DROP TABLE api_keys; --_0")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("a key for tests alone")]
    [InlineData("Bearer A KEY FOR TESTS ALONE")]
    public async Task Who_shows_no_valid_key_is_asked_to_sign_in(string? authorization)
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        using var stranger = Newsroom.Client(newsroom.Desk.BaseAddress!);
        var request = newsroom.Post("", new { headline = "Not by me" });
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        await SignInFirst.OfAsync(newsroom, request, stranger);

        using var asked = await stranger.PostAsJsonAsync("/api/feeds", new { slug = "mine" });
        await SignInFirst.CheckAsync(asked);
        Assert.Equal("Bearer", Assert.Single(asked.Headers.WwwAuthenticate).Scheme);
    }

    [Theory, BothModes]
    public async Task A_key_that_was_revoked_opens_nothing_any_more(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        await using var keys = newsroom.Keys();
        var ring = keys.GetRequiredService<KeyRing>();
        var (key, secret) = await ring.CreateAsync("Ann", DeskRole.Editor, [], TestContext.Current.CancellationToken);
        using var ann = Newsroom.Client(newsroom.Desk.BaseAddress!, secret);
        using var first = await ann.SendAsync(newsroom.Post("", new { headline = "By Ann" }));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        Assert.True(await ring.RevokeAsync(key.Id, TestContext.Current.CancellationToken));

        await SignInFirst.OfAsync(newsroom, newsroom.Post("", new { headline = "By Ann again" }), ann);
    }

    [Theory, BothModes]
    public async Task A_role_that_is_not_enough_is_refused(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("By an editor");
        using var reporter = await newsroom.WriterAsync(DeskRole.Reporter);
        using var editor = await newsroom.WriterAsync(DeskRole.Editor);
        var editorNeeded = new Refusal(403, "role-needed", "takes the role editor; yours is reporter");
        var adminNeeded = new Refusal(403, "role-needed", "takes the role admin; yours is editor");

        await editorNeeded.OfAsync(newsroom, newsroom.Post("", new { headline = "x" }), reporter);
        await editorNeeded.OfAsync(newsroom, newsroom.Patch(entry, new { headline = "x" }), reporter);
        await editorNeeded.OfAsync(newsroom, newsroom.Post($"/{entry.Id}/correction", new { note = "x" }, 1), reporter);
        await editorNeeded.OfAsync(newsroom, newsroom.Post($"/{entry.Id}/retraction", new { }, 1), reporter);
        await adminNeeded.OfAsync(newsroom, Json(HttpMethod.Post, "/api/feeds", new { slug = "of-an-editor" }), editor);
        await adminNeeded.OfAsync(newsroom, Json(HttpMethod.Patch, $"/api/feeds/{newsroom.Feed}", new { status = "closed" }), editor);
        using var none = await newsroom.Ticker.GetAsync(new Uri("/api/feeds/of-an-editor", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory, BothModes]
    public async Task A_key_for_other_feeds_is_refused(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("Not theirs");
        using var sports = await newsroom.WriterAsync(DeskRole.Admin, "sports");
        var refusal = new Refusal(403, "feed-not-yours", $"doesn't cover the feed '{newsroom.Feed}'");

        await refusal.OfAsync(newsroom, newsroom.Post("", new { headline = "x" }), sports);
        await refusal.OfAsync(newsroom, newsroom.Patch(entry, new { headline = "x" }), sports);
        await refusal.OfAsync(newsroom, newsroom.Post($"/{entry.Id}/retraction", new { }, 1), sports);
        await refusal.OfAsync(newsroom, Json(HttpMethod.Patch, $"/api/feeds/{newsroom.Feed}", new { status = "closed" }), sports);
        await new Refusal(403, "feed-not-yours", "'another'").OfAsync(newsroom, Json(HttpMethod.Post, "/api/feeds", new { slug = "another" }), sports);
    }

    [Theory, BothModes]
    public async Task The_desks_cookie_alone_writes_nothing_another_site_could_have_sent_it(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        await using var keys = newsroom.Keys();
        var link = await keys.GetRequiredService<SignInLinks>().CreateAsync(TestContext.Current.CancellationToken);
        using var staff = Browser.At(newsroom.Desk.BaseAddress!);
        var browser = staff.Http;
        using var signedIn = await staff.SendAsync("/desk/sign-in", ("link", link));
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);

        await new Refusal(403, "forged-request", "X-LiveFeed-Desk: 1").OfAsync(newsroom, newsroom.Post("", new { headline = "Forged" }), browser);

        // A header that names nobody is none: the cookie alone would be the writer.
        var unnamed = newsroom.Post("", new { headline = "Forged" });
        Assert.True(unnamed.Headers.TryAddWithoutValidation("Authorization", ""));
        await new Refusal(403, "forged-request", "X-LiveFeed-Desk: 1").OfAsync(newsroom, unnamed, browser);

        var own = newsroom.Post("", new { headline = "By the desk's own page" });
        own.Headers.Add("X-LiveFeed-Desk", "1");
        using var posted = await browser.SendAsync(own);
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);

        // The link works once; and who was never signed in is asked to, whatever header they send.
        using var again = await staff.SendAsync("/desk/sign-in", ("link", link));
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        using var stranger = Newsroom.Client(newsroom.Desk.BaseAddress!);
        var bare = newsroom.Post("", new { headline = "x" });
        bare.Headers.Add("X-LiveFeed-Desk", "1");
        await SignInFirst.OfAsync(newsroom, bare, stranger);
    }

    private static HttpRequestMessage Json(HttpMethod method, string path, object body) => new(method, path) { Content = JsonContent.Create(body) };
}
