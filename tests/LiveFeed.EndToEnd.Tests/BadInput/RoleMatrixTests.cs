using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Desk;
using LiveFeed.EndToEnd.Tests.Desk;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.BadInput;

/// <summary>Who may use which endpoint, read off the running servers: a new endpoint is in here without anybody's doing.</summary>
public sealed class RoleMatrixTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    // Somebody new, and a new key, at every call, since a call may be to remove them.
    private const string Somebody = "SOMEBODY";
    private const string SomeKey = "SOMEKEY";
    private const string SomePartner = "SOMEPARTNER";

    [Theory, BothModes]
    public async Task Every_endpoint_says_who_may_use_it(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var endpoints = Endpoints(newsroom);

        Assert.Empty(endpoints.Where(endpoint => Rules(endpoint) != 1).Select(Name));
        Assert.Contains(endpoints, endpoint => RoleOf(endpoint) is not null);

        static int Rules(RouteEndpoint endpoint) => new object?[] { RoleOf(endpoint), PageRoleOf(endpoint), endpoint.Metadata.GetMetadata<IAllowAnonymous>() }.Count(rule => rule is not null);
    }

    [Theory, BothModes]
    public async Task Who_may_not_is_refused_everywhere_and_changes_nothing(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("As it was");
        var draft = await DraftAsync(newsroom, newsroom.Desk);
        var before = await newsroom.ListAsync();
        var wrong = new List<string>();
        foreach (var (name, writer, refusal) in await CallersAsync(newsroom))
        {
            using (writer)
            {
                foreach (var call in Calls(newsroom, entry, draft).Where(call => refusal(call) is not null))
                {
                    using var request = await call.RequestAsync();
                    using var answer = await writer.SendAsync(request);
                    var text = await answer.Content.ReadAsStringAsync();
                    var (status, problem) = refusal(call)!.Value;
                    if (answer.StatusCode != status || !text.Contains($"/problems/{problem}\"", StringComparison.Ordinal))
                    {
                        wrong.Add($"{name}: {call.Name} answered {(int)answer.StatusCode} {text}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before.Position, (await newsroom.ListAsync()).Position);
    }

    [Theory, BothModes]
    public async Task Who_may_is_refused_nowhere(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        var entry = await newsroom.PublishAsync("To be changed");
        var wrong = new List<string>();
        foreach (var (name, writer, refusal) in await CallersAsync(newsroom))
        {
            using (writer)
            {
                var draft = await DraftAsync(newsroom, writer);
                foreach (var call in Calls(newsroom, entry, draft).Where(call => refusal(call) is null))
                {
                    using var request = await call.RequestAsync();
                    using var answer = await writer.SendAsync(request);
                    if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or >= HttpStatusCode.InternalServerError)
                    {
                        wrong.Add($"{name}: {call.Name} answered {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory, BothModes]
    public async Task Pages_are_shown_and_their_forms_taken_by_role(Mode mode)
    {
        var newsroom = await newsrooms.InAsync(mode);
        using var stranger = Browser.At(newsroom.Desk.BaseAddress!);
        using var keyHolder = Browser.At(newsroom.Desk.BaseAddress!);
        keyHolder.Http.DefaultRequestHeaders.Authorization = newsroom.Desk.DefaultRequestHeaders.Authorization;
        var (_, reporter) = await newsroom.JoinedAsync($"Reporter {Guid.NewGuid():N}", DeskRole.Reporter);
        var (_, admin) = await newsroom.JoinedAsync($"Administrator {Guid.NewGuid():N}", DeskRole.Admin);
        var people = await newsroom.PeopleAsync();
        var entry = await newsroom.PublishAsync("To be looked up");
        var pages = Endpoints(newsroom).DistinctBy(Name).Where(endpoint => PageRoleOf(endpoint) is not null).ToList();
        Assert.NotEmpty(pages);
        var wrong = new List<string>();
        foreach (var page in pages)
        {
            var address = AddressOf(page.RoutePattern, newsroom, entry, Guid.Empty).Replace(Somebody, people[0].Id, StringComparison.Ordinal);
            var isForm = page.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Contains("POST");
            await AnswersAsync("nobody", stranger, HttpStatusCode.Unauthorized);
            await AnswersAsync("a key of an administrator", keyHolder, HttpStatusCode.Unauthorized);
            if (PageRoleOf(page)!.Role > DeskRole.Reporter)
            {
                await AnswersAsync("a reporter", reporter, HttpStatusCode.Forbidden);
            }
            else if (!isForm)
            {
                await AnswersAsync("a reporter", reporter, HttpStatusCode.OK);
            }

            if (!isForm)
            {
                await AnswersAsync("an administrator", admin, HttpStatusCode.OK);
            }

            async Task AnswersAsync(string who, Browser browser, HttpStatusCode expected)
            {
                using var answer = isForm ? await browser.SendAsync(address, ("role", "admin")) : await browser.Http.GetAsync(new Uri(address, UriKind.Relative));
                if (answer.StatusCode != expected)
                {
                    wrong.Add($"{who}: {Name(page)} answered {(int)answer.StatusCode}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(JsonSerializer.Serialize(people.Select(person => (person.Id, person.Role))), JsonSerializer.Serialize((await newsroom.PeopleAsync()).Select(person => (person.Id, person.Role))));
        reporter.Dispose();
        admin.Dispose();
    }

    /// <summary>Everybody who may call, and how each call of theirs is to be refused; null when it isn't.</summary>
    private static async Task<IReadOnlyList<(string Name, HttpClient Writer, Func<Call, (HttpStatusCode Status, string Problem)?> Refusal)>> CallersAsync(Newsroom newsroom)
    {
        (HttpStatusCode, string)? signIn = (HttpStatusCode.Unauthorized, "sign-in-first");
        (HttpStatusCode, string)? role = (HttpStatusCode.Forbidden, "role-needed");
        (HttpStatusCode, string)? feed = (HttpStatusCode.Forbidden, "feed-not-yours");
        (HttpStatusCode, string)? allFeeds = (HttpStatusCode.Forbidden, "all-feeds-needed");
        var address = newsroom.Desk.BaseAddress!;
        return
        [
            ("nobody", Newsroom.Client(address), _ => signIn),
            ("a token that says of itself that it is an administrator's", Newsroom.Client(address, Unsigned("""{"sub":"admin","role":"admin","exp":4102444800}""")), _ => signIn),
            ("somebody with another's address", Spoofed(address), _ => signIn),
            ("a reporter", await newsroom.WriterAsync(DeskRole.Reporter), call => call.Needed.Role > DeskRole.Reporter ? role : null),
            ("an editor", await newsroom.WriterAsync(DeskRole.Editor), call => call.Needed.Role > DeskRole.Editor ? role : null),
            ("an administrator of another feed", await newsroom.WriterAsync(DeskRole.Admin, "elsewhere"), call => call.IsOfFeed ? feed : call.Needed.AllFeeds ? allFeeds : null),
            ("an administrator", await newsroom.WriterAsync(DeskRole.Admin), _ => null),
        ];
    }

    /// <summary>A draft of the writer's own, where they may have one.</summary>
    private static async Task<Guid> DraftAsync(Newsroom newsroom, HttpClient writer)
    {
        var id = Guid.CreateVersion7();
        using var kept = await writer.PutAsJsonAsync($"/api/feeds/{newsroom.Feed}/drafts/{id}", new { headline = "To be decided" });
        return id;
    }

    private static IEnumerable<Call> Calls(Newsroom newsroom, Entry entry, Guid draft) =>
        from endpoint in Endpoints(newsroom).DistinctBy(Name)
        let needed = RoleOf(endpoint)
        where needed is not null
        from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
        select new Call(new HttpMethod(method), AddressOf(endpoint.RoutePattern, newsroom, entry, draft), needed, endpoint.RoutePattern.GetParameter("feed") is not null, newsroom);

    private static List<RouteEndpoint> Endpoints(Newsroom newsroom) =>
        [.. newsroom.Nodes.SelectMany(node => node.Services.GetRequiredService<EndpointDataSource>().Endpoints).OfType<RouteEndpoint>()];

    private static RoleNeeded? RoleOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<RoleNeeded>();

    private static PageRole? PageRoleOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<PageRole>();

    private static string Name(RouteEndpoint endpoint) =>
        $"{string.Join(' ', endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])} {endpoint.RoutePattern.RawText}";

    private static string AddressOf(RoutePattern pattern, Newsroom newsroom, Entry entry, Guid draft) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { Name: "feed" } => newsroom.Feed,
            RoutePatternParameterPart { Name: "id" } => entry.Id.ToString(),
            RoutePatternParameterPart { Name: "draft" } => draft.ToString(),
            RoutePatternParameterPart { Name: "person" } => Somebody,
            RoutePatternParameterPart { Name: "key" } => SomeKey,
            RoutePatternParameterPart { Name: "partner" } => SomePartner,
            _ => throw new InvalidOperationException($"What to call {pattern.RawText} with has to be said here."),
        }))));

    // A JSON Web Token with the algorithm "none", which careless servers take for signed (RFC 8725, 2.1).
    private static string Unsigned(string claims) => $"{Base64Url("""{"alg":"none","typ":"JWT"}""")}.{Base64Url(claims)}.";

    private static string Base64Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static HttpClient Spoofed(Uri address)
    {
        var client = Newsroom.Client(address);
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-User", "admin"), ("X-Original-URL", "/"), ("X-LiveFeed-Desk", "1")])
        {
            client.DefaultRequestHeaders.Add(name, value);
        }

        return client;
    }

    /// <summary>A method of an endpoint that takes a role.</summary>
    private sealed record Call(HttpMethod Method, string Address, RoleNeeded Needed, bool IsOfFeed, Newsroom Newsroom)
    {
        public string Name => $"{Method} {Address}";

        public async Task<HttpRequestMessage> RequestAsync() => new(Method, await AddressAsync())
        {
            Content = JsonContent.Create(new { }),
        };

        // What is called with goes with the call, so each has its own.
        private async Task<string> AddressAsync() =>
            Address.Contains(Somebody, StringComparison.Ordinal) ? Address.Replace(Somebody, (await Newsroom.InviteAsync($"Somebody {Guid.NewGuid():N}", DeskRole.Reporter)).Person.Id, StringComparison.Ordinal)
            : Address.Contains(SomeKey, StringComparison.Ordinal) ? Address.Replace(SomeKey, await KeyAsync(), StringComparison.Ordinal)
            : Address.Contains(SomePartner, StringComparison.Ordinal) ? Address.Replace(SomePartner, await PartnerAsync(), StringComparison.Ordinal)
            : Address;

        private async Task<string> KeyAsync()
        {
            using var made = await Newsroom.Desk.PostAsJsonAsync("/api/keys", new { name = "Some key", role = "reporter" });
            return (await Newsrooms.Newsroom.ReadAsync<MadeKey>(made)).Key.Id;
        }

        private async Task<string> PartnerAsync()
        {
            using var added = await Newsroom.Desk.PostAsJsonAsync("/api/partners", new { name = $"Some partner {Guid.NewGuid():N}" });
            return (await Newsrooms.Newsroom.ReadAsync<Partner>(added)).Key;
        }
    }
}
