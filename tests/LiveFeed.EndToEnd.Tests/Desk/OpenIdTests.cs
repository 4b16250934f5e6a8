using System.Net;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>Signing in by the newsroom's own identity provider, and who doesn't.</summary>
public sealed class OpenIdTests(Servers servers)
{
    [Theory, BothModes]
    public async Task Whom_the_provider_vouches_for_comes_in_with_the_account_of_their_address_and_nobody_else_with_it(Mode mode)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var newsroom = await Newsroom.OpenAsync(servers, mode, settings: provider.Settings);
        var desk = newsroom.Desk.BaseAddress!;
        await using var second = mode is Mode.Distributed ? await Node.StartAsync(new Dictionary<string, string>(newsroom.Settings) { ["LiveFeed:Roles"] = "desk" }) : null;
        var ann = await newsroom.InviteAsync("Ann", DeskRole.Editor, "Ann@Example.org");
        using var visitor = new Visitor(desk);
        await SaysAsync(200, "Sign in with The Herald", visitor.GoAsync(new Uri(desk, "/desk/sign-in")));

        // Who isn't known, or whose address nobody has verified, is told so.
        await RefusedAsync(new("1", "bob@example.org"), "nobody with the address bob@example.org");
        await RefusedAsync(new("2", "ann@example.org", IsVerified: false), "tells no e-mail address of you that it has verified");
        await RefusedAsync(new("3"), "tells no e-mail address");

        // Asked at one desk, answered at another; and where she wanted to go isn't lost, nor can it be another site.
        provider.Person = new("4", "ann@EXAMPLE.org");
        var answer = await visitor.AskAsync($"/desk?feed={newsroom.Feed}");
        using var replay = visitor.Copy();
        using (var welcome = await visitor.GoAsync(second is null ? answer : new UriBuilder(answer) { Port = second.Address.Port }.Uri))
        {
            Assert.Contains($"href=\"/desk?feed={newsroom.Feed}\"", await welcome.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal($"0; url=/desk?feed={newsroom.Feed}", welcome.Headers.GetValues("Refresh").Single());
        }

        await SaysAsync(200, "<h1>Desk</h1>", visitor.GoAsync(new Uri(desk, "/desk")));
        await SaysAsync(200, "identity provider", visitor.GoAsync(new Uri(desk, "/desk/account")));
        Assert.Equal(PersonState.Active, (await newsroom.PersonAsync(ann.Person.Id)).State);

        // The same code again, with all that the browser had then, is worth nothing. Nor is the invitation any more.
        await SaysAsync(403, "didn&#x27;t sign you in", replay.GoAsync(answer));
        await SaysAsync(403, "has been used", replay.GoAsync(new Uri(desk, new Uri(ann.Link).PathAndQuery)));

        // Somebody else who got her address there isn't her; she is, also when her address has changed.
        await RefusedAsync(new("5", "ann@example.org"), "under another name before");
        provider.Person = new("4", "ann.new@example.org");
        await WelcomedAsync();

        // Her role is the newsroom's own, read at each request; and a new invitation closes this way in, until she comes by it again.
        await newsroom.ChangePersonAsync(ann.Person.Id, new { role = "reporter" });
        using var asked = await newsroom.Desk.PostAsync(new Uri($"/api/people/{ann.Person.Id}/invitation", UriKind.Relative), null);
        using var browser = Browser.At(desk);
        await SaysAsync(200, "<h1>Desk</h1>", browser.JoinAsync(await Newsroom.ReadAsync<Invitation>(asked)));
        await SaysAsync(401, "Sign in", visitor.GoAsync(new Uri(desk, "/desk")));
        await RefusedAsync(new("4", "ann.new@example.org"), "nobody with the address");
        provider.Person = new("5", "ann@example.org");
        await WelcomedAsync();
        using var removed = await newsroom.Desk.DeleteAsync(new Uri($"/api/people/{ann.Person.Id}", UriKind.Relative));
        await SaysAsync(401, "Sign in", visitor.GoAsync(new Uri(desk, "/desk")));
        second?.Log.AssertNoErrors(null);

        async Task RefusedAsync(IdentityProvider.Who who, string why)
        {
            provider.Person = who;
            using var stranger = new Visitor(desk);
            await SaysAsync(403, why, stranger.GoAsync(await stranger.AskAsync()));
            await SaysAsync(401, "Sign in", stranger.GoAsync(new Uri(desk, "/desk")));
        }

        async Task WelcomedAsync() => await SaysAsync(200, "You are signed in", visitor.GoAsync(await visitor.AskAsync("https://evil.example/")));
    }

    [Fact]
    public async Task What_is_forged_planted_or_mixed_up_signs_nobody_in()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, settings: provider.Settings);
        var desk = newsroom.Desk.BaseAddress!;
        await newsroom.InviteAsync("Cid", DeskRole.Admin, "cid@example.org");
        provider.Person = new("1", "cid@example.org");

        await RefusedAsync("another state", answer => new Uri(answer.ToString().Replace("state=", "state=x", StringComparison.Ordinal)));
        await RefusedAsync("no state", answer => new Uri($"{answer.GetLeftPart(UriPartial.Path)}?code=1"));
        await RefusedAsync("nothing", answer => new Uri(answer.GetLeftPart(UriPartial.Path)));
        await RefusedAsync("another code", answer => new Uri(answer.ToString().Replace("code=", "code=x", StringComparison.Ordinal)));
        await RefusedAsync("a no", answer => new Uri($"{answer.GetLeftPart(UriPartial.Path)}?error=access_denied&state={Parameter(answer, "state")}"));
        await RefusedAsync("the nonce is gone", answer => answer, visitor => visitor.Forget("livefeed-openid-nonce"));
        await RefusedAsync("an answer that was asked for by another browser", answer => answer, visitor => visitor.Forget("livefeed-openid-state"));
        provider.Forge = IdentityProvider.SignedByNobody;
        await RefusedAsync("a token signed by nobody", answer => answer);
        provider.Forge = token => token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");
        await RefusedAsync("a token with another signature", answer => answer);
        provider.Forge = _ => "nonsense";
        await RefusedAsync("no token at all", answer => answer);
        provider.Forge = token => token;

        // The code of one question as the answer to another.
        using var mixed = new Visitor(desk);
        var (first, second) = (await mixed.AskAsync(), await mixed.AskAsync());
        await SaysAsync(403, "didn&#x27;t sign you in", mixed.GoAsync(new Uri(first.ToString().Replace(Parameter(first, "code"), Parameter(second, "code"), StringComparison.Ordinal))));

        // A form in the place of an address, and a provider that is away.
        using var posted = await mixed.PostAsync(new Uri(desk, "/desk/sign-in/openid/callback"), new string('x', 100_000));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        var late = await mixed.AskAsync();
        await provider.DisposeAsync();
        await SaysAsync(503, "The Herald can&#x27;t be reached just now", mixed.GoAsync(late));
        await SaysAsync(401, "Sign in", mixed.GoAsync(new Uri(desk, "/desk")));

        async Task RefusedAsync(string what, Func<Uri, Uri> tamper, Action<Visitor>? before = null)
        {
            using var visitor = new Visitor(desk);
            var answer = await visitor.AskAsync();
            before?.Invoke(visitor);
            using var refused = await visitor.GoAsync(tamper(answer));
            var page = await refused.Content.ReadAsStringAsync();
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden && page.Contains("didn&#x27;t sign you in", StringComparison.Ordinal), $"{what}: {(int)refused.StatusCode} {page}");
            await SaysAsync(401, "Sign in", visitor.GoAsync(new Uri(desk, "/desk")));
        }
    }

    [Fact]
    public async Task Where_the_provider_gives_the_roles_it_makes_the_accounts_and_changes_them()
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Embedded, settings: new Dictionary<string, string>(provider.Settings)
        {
            ["LiveFeed:OpenIdConnect:RoleClaim"] = "groups",
            ["LiveFeed:OpenIdConnect:Roles:Admin"] = "it",
            ["LiveFeed:OpenIdConnect:Roles:Editor"] = "news desk, sports desk",
        });
        await newsroom.InviteAsync("Eve", DeskRole.Editor, "eve@example.org");

        await ComesAsync(200, "You are signed in", new("1", "dan@example.org", Name: "Dan", Groups: ["canteen", "sports desk"]));
        Assert.Equal((DeskRole.Editor, "dan@example.org", PersonState.Active), await DanAsync());
        await ComesAsync(200, "You are signed in", new("1", "dan@example.org", Name: "Dan", Groups: ["news desk", "it"]));
        Assert.Equal((DeskRole.Admin, "dan@example.org", PersonState.Active), await DanAsync());
        await ComesAsync(403, "gives you no role", new("1", "dan@example.org", Name: "Dan", Groups: ["canteen"]));
        await ComesAsync(403, "gives you no role", new("2", "eve@example.org", Name: "Eve"));
        await ComesAsync(403, "a name that nobody else here has", new("3", "dan.two@example.org", Name: "dan", Groups: ["it"]));
        await ComesAsync(403, "a name that nobody else here has", new("4", Name: "dan@example.org", Groups: ["it"]));
        Assert.Equal(2, (await newsroom.PeopleAsync()).Count);

        async Task<(DeskRole, string?, PersonState)> DanAsync()
        {
            var dan = (await newsroom.PeopleAsync()).Single(person => person.Name == "Dan");
            return (dan.Role, dan.Email, dan.State);
        }

        async Task ComesAsync(int status, string text, IdentityProvider.Who who)
        {
            provider.Person = who;
            using var visitor = new Visitor(newsroom.Desk.BaseAddress!);
            await SaysAsync(status, text, visitor.GoAsync(await visitor.AskAsync()));
        }
    }

    private static string Parameter(Uri address, string name) =>
        address.Query.TrimStart('?').Split('&').Single(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];

    /// <summary>Somebody's browser between the desk and the provider, stopped at every step.</summary>
    private sealed class Visitor : IDisposable
    {
        private readonly HttpClientHandler handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };
        private readonly HttpClient http;
        private readonly Uri desk;

        public Visitor(Uri desk) => (this.desk, http) = (desk, new HttpClient(handler));

        /// <summary>Goes to the provider, who says yes; the address to which that sends the browser back.</summary>
        public async Task<Uri> AskAsync(string next = "/desk")
        {
            using var left = await GoAsync(new Uri(desk, $"/desk/sign-in/openid?next={Uri.EscapeDataString(next)}"));
            Assert.True(left.StatusCode is HttpStatusCode.Redirect, await left.Content.ReadAsStringAsync());
            using var back = await GoAsync(left.Headers.Location!);
            Assert.True(back.StatusCode is HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync());
            return back.Headers.Location!;
        }

        public Task<HttpResponseMessage> GoAsync(Uri address) => http.GetAsync(address);

        public async Task<HttpResponseMessage> PostAsync(Uri address, string text)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("state", text)]);
            return await http.PostAsync(address, form);
        }

        /// <summary>Another with the same cookies.</summary>
        public Visitor Copy()
        {
            var copy = new Visitor(desk);
            copy.handler.CookieContainer.Add(handler.CookieContainer.GetAllCookies());
            return copy;
        }

        /// <summary>Loses the cookies whose names begin so.</summary>
        public void Forget(string name)
        {
            foreach (var cookie in handler.CookieContainer.GetAllCookies().Where(cookie => cookie.Name.StartsWith(name, StringComparison.Ordinal)))
            {
                cookie.Expired = true;
            }
        }

        public void Dispose()
        {
            http.Dispose();
            handler.Dispose();
        }
    }
}
