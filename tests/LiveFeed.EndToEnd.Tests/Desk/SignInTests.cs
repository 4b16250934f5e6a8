using System.Net;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>How people come in at the desk, and who doesn't.</summary>
public sealed class SignInTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    [Theory, BothModes]
    public async Task An_invitation_works_once_and_leads_to_items_in_ones_own_name(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var invitation = await newsroom.InviteAsync("Ann Ågren", DeskRole.Editor, "Ann@Example.org");
        Assert.Equal(("Ann Ågren", "ann@example.org", DeskRole.Editor, PersonState.Invited), (invitation.Person.Name, invitation.Person.Email, invitation.Person.Role, invitation.Person.State));
        using var ann = Browser.At(newsroom.Desk.BaseAddress!);

        // A mail scanner opens it first, and Ann twice: that uses nothing up, nor does a password that is refused.
        for (var look = 0; look < 3; look++)
        {
            Assert.Contains("Ann &#xC5;gren", await ann.Http.GetStringAsync(new Uri(invitation.Link)), StringComparison.Ordinal);
        }

        await SaysAsync(400, "at least 12 characters", ann.JoinAsync(invitation, "short"));
        await SaysAsync(400, "among the first", ann.JoinAsync(invitation, "password1234"));
        await SaysAsync(400, "among the first", ann.JoinAsync(invitation, "Ågren.Ann.2026!"));
        await SaysAsync(400, "differ", ann.JoinAsync(invitation, again: "four words by the shore"));
        Assert.False(await ann.IsSignedInAsync());
        await SaysAsync(200, "<h1>Desk</h1>", ann.JoinAsync(invitation));

        using var published = await ann.PublishAsync(newsroom, "By Ann");
        Assert.Equal(HttpStatusCode.Created, published.StatusCode);
        var entry = await Newsroom.ReadAsync<Entry>(published);
        Assert.Equal("Ann Ågren", await newsroom.WriterOfAsync(entry));

        using var second = Browser.At(newsroom.Desk.BaseAddress!);
        await SaysAsync(403, "has been used", second.JoinAsync(invitation, "another four long words"));
        await SaysAsync(403, "has been used", second.Http.GetAsync(new Uri(invitation.Link)));
        Assert.False(await second.IsSignedInAsync());
        foreach (var who in new[] { "ann ÅGREN", "Ann A\u030Agren", "ANN@example.ORG" })
        {
            await SaysAsync(200, "<h1>Desk</h1>", second.SignInAsync(who));
            using var out_ = await second.SendAsync("/desk/sign-out");
            Assert.False(await second.IsSignedInAsync());
        }
    }

    [Theory, BothModes]
    public async Task After_five_wrong_passwords_an_account_rests_and_nobody_learns_whether_there_is_one(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (ben, own) = await newsroom.JoinedAsync("Ben", DeskRole.Reporter);
        using var _ = own;
        var (_, other) = await newsroom.JoinedAsync("Bea", DeskRole.Reporter);
        using var stranger = Browser.At(newsroom.Desk.BaseAddress!);
        var unknown = await RefusedAsync(stranger, "Nobody at all", "wrong wrong wrong");

        // All at once, as who guesses does: five are judged, however many come.
        var guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RefusedAsync(stranger, "Ben", "wrong wrong wrong")));

        Assert.All(guesses, answer => Assert.Equal(unknown.Replace("Nobody at all", "Ben", StringComparison.Ordinal), answer));
        Assert.Equal(guesses[0], await RefusedAsync(stranger, "Ben", Browser.Password));
        Assert.Equal(PersonState.Resting, (await newsroom.PersonAsync(ben.Id)).State);
        // Who is in stays in, and nobody else has to rest.
        Assert.True(await own.IsSignedInAsync());
        await SaysAsync(200, "<h1>Desk</h1>", other.SignInAsync("Bea"));
        other.Dispose();

        await newsroom.WriteAsync("UPDATE accounts SET tried_at = tried_at - 900001 WHERE name = 'Ben'");
        await SaysAsync(200, "<h1>Desk</h1>", stranger.SignInAsync("Ben"));
        Assert.Equal(PersonState.Active, (await newsroom.PersonAsync(ben.Id)).State);
    }

    [Theory, BothModes]
    public async Task A_session_ends_for_every_copy_of_it_and_none_is_taken_over(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (person, browser) = await newsroom.JoinedAsync("Cid", DeskRole.Editor);
        using var cid = browser;

        // Somebody who plants a session, or knows one from before, has nothing of the one that begins.
        using var planted = Browser.At(newsroom.Desk.BaseAddress!);
        planted.Cookies = "livefeed-desk=planted; path=/";
        using (await planted.SignInAsync("Cid"))
        {
            Assert.True(await planted.IsSignedInAsync());
            Assert.DoesNotContain("planted", planted.Cookies, StringComparison.Ordinal);
        }

        using var before = Copy(cid);
        using (await cid.SignInAsync("Cid"))
        {
            Assert.NotEqual(before.Cookies, cid.Cookies);
            Assert.False(await before.IsSignedInAsync());
        }

        using var stolen = Copy(cid);
        Assert.True(await stolen.IsSignedInAsync());
        using (await cid.SendAsync("/desk/sign-out"))
        {
            await RefusedToWriteAsync(newsroom, stolen, "sign-in-first", 401);
        }

        // Unused for twelve hours, or after a week.
        Assert.True(await planted.IsSignedInAsync());
        await newsroom.WriteAsync("UPDATE sessions SET seen_at = seen_at - 43200001");
        await RefusedToWriteAsync(newsroom, planted, "sign-in-first", 401);
        using (await planted.SignInAsync("Cid"))
        {
            await newsroom.WriteAsync("UPDATE sessions SET began_at = began_at - 604800001");
            await RefusedToWriteAsync(newsroom, planted, "sign-in-first", 401);
        }

        // An administrator signs them out, from wherever they are.
        using (await planted.SignInAsync("Cid"))
        using (await cid.SignInAsync("Cid"))
        {
            using var ended = await newsroom.Desk.DeleteAsync(new Uri($"/api/people/{person.Id}/sessions", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
            Assert.False(await planted.IsSignedInAsync());
            Assert.False(await cid.IsSignedInAsync());
        }
    }

    [Theory, BothModes]
    public async Task A_role_taken_away_counts_at_the_next_request_on_every_node(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var (person, browser) = await newsroom.JoinedAsync("Dee", DeskRole.Editor);
        using var dee = browser;
        using var published = await dee.PublishAsync(newsroom, "While Dee may");
        Assert.Equal(HttpStatusCode.Created, published.StatusCode);

        await newsroom.ChangePersonAsync(person.Id, new { role = "reporter" });
        await RefusedToWriteAsync(newsroom, dee, "role-needed", 403);
        await newsroom.ChangePersonAsync(person.Id, new { role = "editor", name = "Dee Doe" });
        using var again = await dee.PublishAsync(newsroom, "Dee may again");
        Assert.Equal("Dee Doe", await newsroom.WriterOfAsync(await Newsroom.ReadAsync<Entry>(again)));

        if (mode is Mode.Distributed)
        {
            // A session that began on one desk holds on another.
            await using var second = await Node.StartAsync(new Dictionary<string, string>(newsroom.Settings) { ["LiveFeed:Roles"] = "desk" });
            using var there = Browser.At(second.Address);
            there.Cookies = $"{dee.Cookies}; path=/";
            Assert.True(await there.IsSignedInAsync());
            using var removed = await newsroom.Desk.DeleteAsync(new Uri($"/api/people/{person.Id}", UriKind.Relative));
            Assert.False(await there.IsSignedInAsync());
            second.Log.AssertNoErrors(null);
        }
        else
        {
            using var removed = await newsroom.Desk.DeleteAsync(new Uri($"/api/people/{person.Id}", UriKind.Relative));
        }

        await RefusedToWriteAsync(newsroom, dee, "sign-in-first", 401);
        using var gone = Browser.At(newsroom.Desk.BaseAddress!);
        await SaysAsync(403, "is wrong", gone.SignInAsync("Dee Doe"));
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_in_or_out_and_leads_nowhere_else()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var (_, browser) = await newsroom.JoinedAsync("Eve", DeskRole.Reporter);
        using var eve = browser;
        var forged = new Refusal(403, "forged-request", "the desk's own page");
        using var victim = Browser.At(newsroom.Desk.BaseAddress!);
        foreach (var (header, value) in new[] { ("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("X-Nothing", "1") })
        {
            using var login = Browser.Form("/desk/sign-in/password", ("who", "Eve"), ("password", Browser.Password));
            login.Headers.Add(header, value);
            using var loggedIn = await victim.Http.SendAsync(login);
            await forged.CheckAsync(loggedIn);
            Assert.Equal("", victim.Cookies);

            using var logout = Browser.Form("/desk/sign-out");
            logout.Headers.Add(header, value);
            using var loggedOut = await eve.Http.SendAsync(logout);
            await forged.CheckAsync(loggedOut);
        }

        Assert.True(await eve.IsSignedInAsync());
        foreach (var next in new[] { "https://evil.example/", "//evil.example", "/\\evil.example", "/desk\\..", "/deskevil", "/desk/\r\nX-Evil: 1", "" })
        {
            using var signedIn = await victim.SendAsync("/desk/sign-in/password", ("who", "Eve"), ("password", Browser.Password), ("next", next));
            Assert.Equal("/desk", signedIn.RequestMessage!.RequestUri!.PathAndQuery);
        }

        using var there = await victim.SendAsync("/desk/sign-in/password", ("who", "Eve"), ("password", Browser.Password), ("next", $"/desk?feed={newsroom.Feed}"));
        Assert.Equal($"/desk?feed={newsroom.Feed}", there.RequestMessage!.RequestUri!.PathAndQuery);

        // What is no form is told, too.
        using var json = new HttpRequestMessage(HttpMethod.Post, "/desk/sign-in/password") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
        json.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var told = await victim.Http.SendAsync(json);
        await new Refusal(415, "not-form", "Send a form").CheckAsync(told);
        using var huge = await victim.SendAsync("/desk/sign-in/password", ("who", "Eve"), ("password", new string('x', 600_000)));
        await new Refusal(413, "too-large", "bytes").CheckAsync(huge);
    }

    [Fact]
    public async Task Over_TLS_the_cookie_is_bound_to_the_host_and_in_the_clear_there_is_none_but_on_this_machine()
    {
        await using var newsroom = await Newsroom.OpenAsync(newsrooms.Servers, Mode.Embedded, settings: new Dictionary<string, string> { ["ForwardedHeaders_Enabled"] = "true" });
        var (_, here) = await newsroom.JoinedAsync("Fay", DeskRole.Reporter);
        here.Dispose();
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = newsroom.Desk.BaseAddress };

        using var overTls = await http.SendAsync(SignIn("Fay", Browser.Password, "https", "newsroom.example"));
        var cookie = Assert.Single(overTls.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-livefeed-desk=", cookie, StringComparison.Ordinal);
        Assert.Equal(["max-age=604800", "path=/", "secure", "samesite=strict", "httponly"], cookie.Split("; ")[1..].Where(part => !part.StartsWith("expires", StringComparison.Ordinal)));
        // Under the name that a sister domain could plant, it is nothing over TLS.
        Assert.Equal(HttpStatusCode.OK, await DeskAsync(cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.Unauthorized, await DeskAsync(cookie.Split(';')[0].Replace("__Host-", "", StringComparison.Ordinal)));

        using var inTheClear = await http.SendAsync(SignIn("Fay", Browser.Password, "http", "newsroom.example"));
        Assert.Equal(HttpStatusCode.Forbidden, inTheClear.StatusCode);
        Assert.False(inTheClear.Headers.Contains("Set-Cookie"));
        Assert.Contains("came over plain http from newsroom.example", await inTheClear.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // One password on many names: no account counts that, its address does.
        var sprayed = await Task.WhenAll(Enumerable.Range(0, 40).Select(async name =>
        {
            using var answer = await http.SendAsync(SignIn($"Somebody {name}", "a password of many", "https", "newsroom.example", "192.0.2.7"));
            return answer.StatusCode;
        }));
        Assert.InRange(sprayed.Count(status => status is HttpStatusCode.Forbidden), 30, 32);
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests], sprayed.Distinct().Order());

        // One or two more are let in where the machine took so long over the forty.
        var stopped = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => http.SendAsync(SignIn("Fay", Browser.Password, "https", "newsroom.example", "192.0.2.7"))));
        Assert.Contains(stopped, answer => answer.StatusCode is HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter?.Delta == TimeSpan.FromSeconds(10));
        using var elsewhere = await http.SendAsync(SignIn("Fay", Browser.Password, "https", "newsroom.example", "192.0.2.8"));
        Assert.Equal(HttpStatusCode.Redirect, elsewhere.StatusCode);

        async Task<HttpStatusCode> DeskAsync(string shown)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/desk") { Headers = { { "Cookie", shown }, { "X-Forwarded-Proto", "https" } } };
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static HttpRequestMessage SignIn(string who, string password, string scheme, string host, string from = "192.0.2.1")
    {
        var request = Browser.Form("/desk/sign-in/password", ("who", who), ("password", password));
        request.Headers.Host = host;
        request.Headers.Add("Origin", $"{scheme}://{host}");
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-For", from);
        return request;
    }

    private static Browser Copy(Browser browser)
    {
        var copy = Browser.At(browser.Http.BaseAddress!);
        copy.Cookies = $"{browser.Cookies}; path=/";
        return copy;
    }

    private static async Task RefusedToWriteAsync(Newsroom newsroom, Browser browser, string type, int status)
    {
        var before = (await newsroom.ListAsync()).Position;
        using var refused = await browser.PublishAsync(newsroom, "Not any more");
        await new Refusal(status, type, "").CheckAsync(refused);
        Assert.Equal(before, (await newsroom.ListAsync()).Position);
    }

    private static async Task<string> RefusedAsync(Browser browser, string who, string password)
    {
        using var answer = await browser.SignInAsync(who, password);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
