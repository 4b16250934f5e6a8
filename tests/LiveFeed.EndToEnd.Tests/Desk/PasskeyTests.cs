using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using static LiveFeed.EndToEnd.Tests.Desk.Staffing;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>Signing in with a passkey, and what doesn't pass for one.</summary>
public sealed partial class PasskeyTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private const string Refusal = "known here";

    [Theory, BothModes]
    public async Task A_passkey_signs_in_once_for_each_time_that_it_is_asked_for_on_whichever_node(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        await using var secondNode = mode is Mode.Distributed ? await Node.StartAsync(new Dictionary<string, string>(newsroom.Settings) { ["LiveFeed:Roles"] = "desk" }) : null;
        var (here, there) = (ByName(newsroom.Desk.BaseAddress!), ByName(secondNode?.Address ?? newsroom.Desk.BaseAddress!));
        using var jon = Browser.At(here);
        await SaysAsync(200, "<h1>Desk</h1>", jon.JoinAsync(await newsroom.InviteAsync("Jon", DeskRole.Reporter)));
        using var passkey = new Authenticator();

        // Without the password, whoever finds an open desk makes none.
        await SaysAsync(403, "wrong-password", jon.SendAsync("/desk/account/passkeys/options", ("current", "not my password")));
        var (step, options) = await AskedAsync(jon, "/desk/account/passkeys/options", ("current", Browser.Password));
        var made = passkey.Make(options, OriginOf(here));
        await SaysAsync(400, "can&#x27;t be used here", Kept(jon, step: new string('0', 40), made));
        await SaysAsync(200, "The passkey is kept", Kept(jon, step, made, "My <b>telephone</b>"));
        await SaysAsync(200, "My &lt;b&gt;telephone&lt;/b&gt;", jon.Http.GetAsync(new Uri("/desk/account", UriKind.Relative)));
        await SaysAsync(400, "can&#x27;t be used here", Kept(jon, step, made));

        using var again = Browser.At(there);
        var asked = await AskedAsync(Browser.At(here), "/desk/sign-in/passkey/options");
        var shown = passkey.Show(asked.Options, OriginOf(there));
        await SaysAsync(200, "<h1>Desk</h1>", again.SendAsync("/desk/sign-in/passkey", ("step", asked.Step), ("credential", shown), ("next", $"/desk?feed={newsroom.Feed}")));
        Assert.Contains("last used", await again.Http.GetStringAsync(new Uri("/desk/account", UriKind.Relative)), StringComparison.Ordinal);

        // Who saw it pass by has nothing: neither with the step that it was for, nor with a new one.
        using var thief = Browser.At(here);
        await SaysAsync(403, Refusal, Shown(thief, asked.Step, shown));
        await SaysAsync(403, Refusal, Shown(thief, (await AskedAsync(thief)).Step, shown));
        Assert.False(await thief.IsSignedInAsync());

        var page = await SaysAsync(200, "My &lt;b&gt;telephone&lt;/b&gt;", jon.Http.GetAsync(new Uri("/desk/account", UriKind.Relative)));
        await SaysAsync(403, "Your password is wrong", Removed("a wrong one entirely"));
        await SaysAsync(200, "The passkey is removed", Removed(Browser.Password));
        Assert.False(await again.IsSignedInAsync());
        var last = await AskedAsync(again);
        await SaysAsync(403, Refusal, Shown(again, last.Step, passkey.Show(last.Options, OriginOf(there))));
        secondNode?.Log.AssertNoErrors(null);

        Task<HttpResponseMessage> Removed(string password) =>
            jon.SendAsync("/desk/account/passkeys/removal", ("passkey", Passkey().Match(page).Groups[1].Value), ("current", password));
    }

    [Fact]
    public async Task What_is_not_the_passkey_that_was_asked_for_signs_nobody_in()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var desk = ByName(newsroom.Desk.BaseAddress!);
        using var kim = Browser.At(desk);
        await SaysAsync(200, "<h1>Desk</h1>", kim.JoinAsync(await newsroom.InviteAsync("Kim", DeskRole.Admin)));
        using var lee = Browser.At(desk);
        await SaysAsync(200, "<h1>Desk</h1>", lee.JoinAsync(await newsroom.InviteAsync("Lee", DeskRole.Reporter)));
        using var passkey = await MadeAsync(kim);
        using var leesOwn = await MadeAsync(lee);
        using var copy = passkey.Copy();
        using var unknown = new Authenticator { Owner = passkey.Owner };
        using var stranger = Browser.At(desk);

        await RefusedAsync("a page of another site", options => passkey.Show(options, "https://evil.example"));
        await RefusedAsync("a page of a sister domain, passed on by who can say of a request what they like", options => passkey.Show(options, "http://evil.localhost"), "http://evil.localhost");
        await RefusedAsync("a page at another port of the host", options => passkey.Show(options, "http://localhost:1"));
        await RefusedAsync("one for another host", options => passkey.Show(options, OriginOf(desk), "evil.example"));
        await RefusedAsync("one that nobody knows", options => unknown.Show(options, OriginOf(desk)));
        leesOwn.Owner = passkey.Owner;
        await RefusedAsync("Lee's, as Kim", options => leesOwn.Show(options, OriginOf(desk)));
        passkey.Verifies = false;
        await RefusedAsync("one that asked for no finger", options => passkey.Show(options, OriginOf(desk)));
        passkey.Verifies = true;
        await RefusedAsync("another signature", options => passkey.Show(options, OriginOf(desk)).Replace("\"signature\":\"M", "\"signature\":\"N", StringComparison.Ordinal));
        foreach (var nonsense in new[] { "", "{}", "null", "[]", "not JSON", new string('[', 5_000), "{\"id\":\"\",\"response\":null}" })
        {
            await RefusedAsync(nonsense, _ => nonsense);
        }

        // Two that count the same: the second is a copy, whoever has it.
        copy.Count = passkey.Count;
        var (first, second) = (await AskedAsync(stranger), await AskedAsync(stranger));
        var both = await Task.WhenAll(Shown(stranger, first.Step, passkey.Show(first.Options, OriginOf(desk))), Shown(stranger, second.Step, copy.Show(second.Options, OriginOf(desk))));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden], both.Select(answer => answer.StatusCode).Order());

        async Task RefusedAsync(string what, Func<JsonElement, string> show, string? saidOrigin = null)
        {
            var (step, options) = await AskedAsync(stranger);
            using var request = Browser.Form("/desk/sign-in/passkey", ("step", step), ("credential", show(options)));
            request.Headers.Add("Origin", saidOrigin ?? OriginOf(desk));
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            using var answer = await stranger.Http.SendAsync(request);
            var page = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden && page.Contains(Refusal, StringComparison.Ordinal), $"{what}: {(int)answer.StatusCode} {page}");
            Assert.False(await stranger.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Another_accounts_passkey_or_a_twenty_first_is_not_kept()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var desk = ByName(newsroom.Desk.BaseAddress!);
        using var max = Browser.At(desk);
        var invitation = await newsroom.InviteAsync("Max", DeskRole.Reporter);
        await SaysAsync(200, "<h1>Desk</h1>", max.JoinAsync(invitation));
        using var nia = Browser.At(desk);
        await SaysAsync(200, "<h1>Desk</h1>", nia.JoinAsync(await newsroom.InviteAsync("Nia", DeskRole.Reporter)));
        using var passkey = await MadeAsync(max);

        var (step, options) = await AskedAsync(nia, "/desk/account/passkeys/options", ("current", Browser.Password));
        await SaysAsync(400, "can&#x27;t be used here", Kept(nia, step, passkey.Make(options, OriginOf(desk))));
        (step, options) = await AskedAsync(nia, "/desk/account/passkeys/options", ("current", Browser.Password));
        using var new_ = new Authenticator();
        await SaysAsync(400, "can&#x27;t be used here", Kept(max, step, new_.Make(options, OriginOf(desk))));

        await newsroom.WriteAsync(
            "WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20) INSERT INTO passkeys (credential_id, account_id, name, created_at, data) "
            + $"SELECT 'passkey-' || n, '{invitation.Person.Id}', 'One of many', 0, data FROM numbers, (SELECT data FROM passkeys WHERE account_id = '{invitation.Person.Id}')");
        await SaysAsync(409, "at most 20 passkeys", max.SendAsync("/desk/account/passkeys/options", ("current", Browser.Password)));
        Assert.Equal(20, (await newsroom.PersonAsync(invitation.Person.Id)).Passkeys);
    }

    // Passkeys belong to a name, and an address in numbers is none.
    private static Uri ByName(Uri address) => new UriBuilder(address) { Host = "localhost" }.Uri;

    private static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static async Task<Authenticator> MadeAsync(Browser browser)
    {
        var passkey = new Authenticator();
        var (step, options) = await AskedAsync(browser, "/desk/account/passkeys/options", ("current", Browser.Password));
        await SaysAsync(200, "The passkey is kept", Kept(browser, step, passkey.Make(options, OriginOf(browser.Http.BaseAddress!))));
        return passkey;
    }

    private static async Task<(string Step, JsonElement Options)> AskedAsync(Browser browser, string path = "/desk/sign-in/passkey/options", params (string, string)[] fields)
    {
        using var answer = await browser.SendAsync(path, fields);
        var asked = await Newsroom.ReadAsync<JsonElement>(answer);
        return (asked.GetProperty("step").GetString()!, asked.GetProperty("options"));
    }

    private static Task<HttpResponseMessage> Kept(Browser browser, string step, string credential, string name = "") =>
        browser.SendAsync("/desk/account/passkeys", ("step", step), ("credential", credential), ("name", name));

    private static Task<HttpResponseMessage> Shown(Browser browser, string step, string credential) =>
        browser.SendAsync("/desk/sign-in/passkey", ("step", step), ("credential", credential));

    [GeneratedRegex("name=\"passkey\" value=\"([^\"]+)\"")]
    private static partial Regex Passkey();
}
