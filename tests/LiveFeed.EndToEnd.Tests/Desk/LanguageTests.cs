using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>The desk's pages in the languages of those who work there.</summary>
public sealed partial class LanguageTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private static readonly string[] Languages = ["ar", "de", "ja", "uk"];

    [Theory, BothModes]
    public async Task A_page_speaks_the_best_language_that_the_browser_asks_for(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        foreach (var (asked, html) in new[]
        {
            ("ar", "lang=\"ar\" dir=\"rtl\""), ("fr, de-AT;q=0.4, uk;q=0.8", "lang=\"uk\" dir=\"ltr\""), ("fr, tlh", "lang=\"en\" dir=\"ltr\""), ("ja;q=0, *", "lang=\"en\" dir=\"ltr\""),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/desk");
            request.Headers.AcceptLanguage.ParseAdd(asked);
            using var response = await newsroom.Desk.SendAsync(request);
            Assert.Contains($"<html {html}>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("Accept-Language", response.Headers.Vary);
        }
    }

    [Theory, BothModes]
    public async Task Staff_find_no_word_of_another_language_on_any_page_nor_in_any_answer_to_a_form(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        // What people wrote is in no Latin letters, so that whatever is was written by the program.
        var (_, admin) = await newsroom.JoinedAsync("Яна", DeskRole.Admin);
        var (_, reporter) = await newsroom.JoinedAsync("Рада", DeskRole.Reporter);
        var invitation = await newsroom.InviteAsync("Лев", DeskRole.Editor, "1@2.33");
        using var stranger = Browser.At(newsroom.Desk.BaseAddress!);
        var entry = await ItemAsync(newsroom, admin);
        var feeds = (await newsroom.Nodes[0].Services.GetRequiredService<Archive.Feeds>().ListAsync(TestContext.Current.CancellationToken)).SelectMany(feed => new[] { feed.Title, feed.Slug }).ToList();
        var wrong = new List<string>();
        foreach (var language in Languages)
        {
            var words = new SpokenWords(language);
            foreach (var path in Pages(newsroom, entry))
            {
                await LookAsync(admin, path);
            }

            await LookAsync(reporter, "/desk/people");
            foreach (var path in new[] { "/desk/sign-in", "/desk/sign-in?link=1", "/desk/join?invitation=1", new Uri(invitation.Link).PathAndQuery })
            {
                await LookAsync(stranger, path);
            }

            foreach (var path in new[] { "/desk/history?feed=0", "/desk/history?at=5", "/desk/history?at=2999-01-01T00:00", "/desk/history?before=0", "/desk/readers?feed=0", "/desk/readers?over=day", $"/desk/history/0/{entry.Id}" })
            {
                await LookAsync(admin, path);
            }

            await SendAsync(stranger, "/desk/sign-in", ("link", "1"));
            await SendAsync(stranger, "/desk/sign-in/password", ("who", $"Ніхто {language}"), ("password", "1"));
            await SendAsync(stranger, "/desk/sign-in/code", ("step", "1"));
            await SendAsync(stranger, "/desk/sign-in/passkey", ("step", "1"));
            await SendAsync(stranger, "/desk/join", ("invitation", invitation.Link.Split("invitation=")[1]), ("password", "1"), ("again", "1"));
            await SendAsync(admin, "/desk/people", ("name", ""), ("role", "editor"));
            await SendAsync(admin, "/desk/people", ("name", "Лев"), ("role", "editor"));
            await SendAsync(admin, "/desk/people", ("name", $"Ян {Guid.NewGuid()}"), ("role", "editor"));
            await SendAsync(admin, "/desk/people", ("name", "Ян"), ("role", ""));
            await SendAsync(admin, "/desk/people", ("name", "Ян"), ("role", "editor"), ("email", "1"));
            await SendAsync(admin, "/desk/people/0/role", ("role", "editor"));
            await SendAsync(admin, "/desk/people/0/role", ("role", "0"));
            await SendAsync(admin, "/desk/keys", ("name", ""));
            await SendAsync(admin, "/desk/keys", ("name", "Ключ"));
            await SendAsync(admin, "/desk/keys", ("name", "Ключ"), ("role", "editor"));
            await SendAsync(admin, "/desk/keys/0/revocation");
            foreach (var (slug, tongue, zone) in new[] { ("", "uk", "UTC"), ("desk", "uk", "UTC"), ("2026-11", "0", "UTC"), ("2026-11", "uk", "0"), ("2026-11", "uk", "UTC") })
            {
                await SendAsync(admin, "/desk/feeds", ("slug", slug), ("language", tongue), ("timeZone", zone));
            }

            await SendAsync(admin, "/desk/feeds/0", ("title", "0"), ("language", "uk"), ("timeZone", "UTC"));
            foreach (var status in new[] { "0", "closed", "archived", "open" })
            {
                await SendAsync(admin, "/desk/feeds/2026-11/status", ("status", status));
            }

            await SendAsync(admin, "/desk/account/password", ("current", Browser.Password), ("password", "1"), ("again", "2"));
            await SendAsync(admin, "/desk/account/password", ("current", Browser.Password), ("password", "1"), ("again", "1"));
            await SendAsync(admin, "/desk/account/passkeys", ("step", "0"));
            await SendAsync(admin, "/desk/account/passkeys/removal", ("passkey", "0"), ("current", Browser.Password));
            await SendAsync(admin, "/desk/account/codes/confirm", ("step", "0"));
            var page = await SendAsync(admin, "/desk/account/codes", ("current", Browser.Password));
            var app = new Totp(Base32Encoding.ToBytes(Key().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal)));
            page = await SendAsync(admin, "/desk/account/codes/confirm", ("step", Step().Match(page).Groups[1].Value), ("code", "000000"));
            await SendAsync(admin, "/desk/account/codes/confirm", ("step", Step().Match(page).Groups[1].Value), ("code", app.ComputeTotp(DateTime.UtcNow)));
            await LookAsync(admin, "/desk/account");
            page = await SendAsync(stranger, "/desk/sign-in/password", ("who", "Яна"), ("password", Browser.Password));
            await SendAsync(stranger, "/desk/sign-in/code", ("step", Step().Match(page).Groups[1].Value), ("code", "000000"));
            await SendAsync(admin, "/desk/account/codes/off", ("current", Browser.Password));
            await newsroom.WriteAsync("UPDATE accounts SET tries = 0");

            async Task<string> LookAsync(Browser browser, string path)
            {
                browser.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
                browser.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
                return await ReadAsync(path, await browser.Http.GetAsync(new Uri(path, UriKind.Relative)));
            }

            async Task<string> SendAsync(Browser browser, string path, params (string Name, string Value)[] fields)
            {
                browser.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
                browser.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
                return await ReadAsync($"form to {path}", await browser.SendAsync(path, fields));
            }

            async Task<string> ReadAsync(string what, HttpResponseMessage answer)
            {
                using (answer)
                {
                    var html = await answer.Content.ReadAsStringAsync();
                    wrong.AddRange(words.Strange(html, feeds).Select(strange => $"{language}: {what} ({(int)answer.StatusCode}) says '{strange}'"));
                    return html;
                }
            }
        }

        admin.Dispose();
        reporter.Dispose();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    // All addresses that show a page to somebody who is signed in, read off the running servers, and the desk.
    private static IEnumerable<string> Pages(Newsroom newsroom, Entry entry) => newsroom.Nodes
        .SelectMany(node => node.Services.GetRequiredService<EndpointDataSource>().Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageRole>() is not null && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET"))
        .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{feed}", entry.Feed, StringComparison.Ordinal).Replace("{id:guid}", entry.Id.ToString(), StringComparison.Ordinal)}")
        .Append("/desk").Append($"/desk/history?feed={entry.Feed}").Distinct();

    private static async Task<Entry> ItemAsync(Newsroom newsroom, Browser writer)
    {
        const string feed = "2026-10";
        using var opened = await newsroom.Desk.PostAsJsonAsync("/api/feeds", new NewFeed { Slug = feed, Title = "Повінь", Language = "uk" }, Wire.Json);
        var entry = await AskAsync(HttpMethod.Post, $"/api/feeds/{feed}/entries", new { headline = "Троє", body = "Було *троє*." });
        entry = await AskAsync(HttpMethod.Post, $"/api/feeds/{feed}/entries/{entry.Id}/correction", new { headline = "Двоє", note = "Двоє.", kind = "fact", pinned = true, keyEvent = true, tags = new[] { "0" } }, entry.Revision);
        return await AskAsync(HttpMethod.Post, $"/api/feeds/{feed}/entries/{entry.Id}/retraction", new { note = "Ніхто." }, entry.Revision);

        async Task<Entry> AskAsync(HttpMethod method, string path, object body, int? seen = null)
        {
            var key = Guid.NewGuid().ToString();
            while (true)
            {
                using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body), Headers = { { "X-LiveFeed-Desk", "1" }, { "Idempotency-Key", key } } };
                if (seen is not null)
                {
                    request.Headers.Add("If-Match", $"\"{seen}\"");
                }

                using var answer = await writer.Http.SendAsync(request, TestContext.Current.CancellationToken);
                // Accepted is a slow machine's word: asked again with the same key, it says what came of it.
                if (answer.StatusCode is not HttpStatusCode.Accepted)
                {
                    return await Newsroom.ReadAsync<Entry>(answer);
                }
            }
        }
    }

    [GeneratedRegex("<code dir=\"ltr\">([A-Z2-7 ]+)</code>")]
    private static partial Regex Key();

    [GeneratedRegex("name=\"step\" value=\"([0-9a-f]{40})\"")]
    private static partial Regex Step();
}
