using System.Net.Http.Json;
using System.Text.Json;
using LiveFeed.EndToEnd.Tests.BadInput;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using Microsoft.OpenApi;

namespace LiveFeed.EndToEnd.Tests.Api;

/// <summary>The OpenAPI document is valid, whole and true.</summary>
public sealed class OpenApiTests(OpenNewsrooms newsrooms) : IClassFixture<OpenNewsrooms>
{
    private static readonly Uri Address = new("/openapi/v1.json", UriKind.Relative);

    [Fact]
    public async Task The_document_is_valid_OpenAPI_3_1()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        using var response = await newsroom.Ticker.GetAsync(Address);
        var text = await response.Content.ReadAsStringAsync();

        var read = OpenApiDocument.Parse(text, "json");

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal("/", Assert.Single(read.Document!.Servers!).Url);
        // Words of the code, not of the wire, have no place in it.
        Assert.DoesNotContain("EntryRules", text, StringComparison.Ordinal);
        Assert.DoesNotContain("string?", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_node_serves_the_whole_document()
    {
        var embedded = await (await newsrooms.InAsync(Mode.Embedded)).Desk.GetStringAsync(Address);
        var distributed = await newsrooms.InAsync(Mode.Distributed);

        Assert.Equal(embedded, await distributed.Desk.GetStringAsync(Address));
        Assert.Equal(embedded, await distributed.Ticker.GetStringAsync(Address));
    }

    [Fact]
    public async Task It_describes_every_address_of_the_API_under_a_name_of_its_own()
    {
        var document = await DocumentAsync();
        var operations = document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (Path: path.Key, Method: operation.Key, Operation: operation.Value))).ToList();

        Assert.Equal(
            [
                "DELETE /api/feeds/{feed}/drafts/{draft}", "DELETE /api/feeds/{feed}/drafts/{draft}/schedule",
                "DELETE /api/feeds/{feed}/drafts/{draft}/submission",
                "GET /api/feeds", "GET /api/feeds/{feed}", "GET /api/feeds/{feed}/drafts", "GET /api/feeds/{feed}/drafts/{draft}",
                "GET /api/feeds/{feed}/entries", "GET /api/feeds/{feed}/entries/{id}",
                "GET /api/feeds/{feed}/entries/{id}/history", "GET /api/feeds/{feed}/entries/{id}/receipt", "GET /api/feeds/{feed}/entries/{id}/revisions", "GET /api/feeds/{feed}/history", "GET /api/feeds/{feed}/readers", "GET /api/feeds/{feed}/stream", "PATCH /api/feeds/{feed}",
                "PATCH /api/feeds/{feed}/entries/{id}", "POST /api/feeds", "POST /api/feeds/{feed}/drafts/{draft}/publication",
                "POST /api/feeds/{feed}/drafts/{draft}/return", "POST /api/feeds/{feed}/drafts/{draft}/submission", "POST /api/feeds/{feed}/entries",
                "POST /api/feeds/{feed}/entries/{id}/correction", "POST /api/feeds/{feed}/entries/{id}/retraction",
                "POST /api/feeds/{feed}/pictures", "POST /api/feeds/{feed}/preview", "PUT /api/feeds/{feed}/drafts/{draft}", "PUT /api/feeds/{feed}/drafts/{draft}/schedule",
            ],
            operations.Select(one => $"{one.Method} {one.Path}").Where(one => one.Contains("/api/feeds", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(operations.Count, operations.Select(one => one.Operation.OperationId).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(operations, one => Assert.False(string.IsNullOrEmpty(one.Operation.Summary), $"{one.Path} has no summary"));
        Assert.All(operations, one => Assert.All(
            one.Operation.Responses!.Where(response => response.Key[0] is '4' or '5'),
            response => Assert.Equal("application/problem+json", Assert.Single(response.Value.Content!).Key)));
        Assert.All(operations, one => Assert.Equal(IsForStaff(one.Method, one.Path) ? 1 : 0, one.Operation.Security?.Count ?? 0));

        static bool IsForStaff(HttpMethod method, string path) => method != HttpMethod.Get || path.Contains("/drafts", StringComparison.Ordinal)
            || path.EndsWith("/history", StringComparison.Ordinal) || path.EndsWith("/receipt", StringComparison.Ordinal) || path.EndsWith("/readers", StringComparison.Ordinal)
            || path == "/api/audit" || path.StartsWith("/api/people", StringComparison.Ordinal) || path.StartsWith("/api/keys", StringComparison.Ordinal)
            || path.StartsWith("/api/partners", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_schemas_say_what_goes_over_the_wire()
    {
        var schemas = (await DocumentAsync()).Components!.Schemas!;
        var entry = schemas["Entry"];

        Assert.Equal(["feed", "id", "publishedAt", "revision", "seq", "status"], entry.Required!.Order(StringComparer.Ordinal));
        Assert.Equal(["update", "breaking", "quote", "fact", "media", "summary"], schemas["EntryKind"].Enum!.Select(value => value.GetValue<string>()));
        Assert.Equal(["live", "retracted"], schemas["EntryStatus"].Enum!.Select(value => value.GetValue<string>()));
        Assert.Equal((JsonSchemaType.String, "date-time"), (entry.Properties!["publishedAt"].Type, entry.Properties["publishedAt"].Format));
        Assert.Equal(JsonSchemaType.String, schemas["EntryPage"].Properties!["position"].Type);
        // Absent means absent: only changes know a null, for the fields that it empties.
        foreach (var (name, schema) in schemas)
        {
            var nullable = schema.Properties?.Where(property =>
                property.Value.OneOf is { Count: > 0 } || property.Value.Type?.HasFlag(JsonSchemaType.Null) == true).Select(property => property.Key) ?? [];
            string[] expected = name is "EntryEdit" or "EntryCorrection" ? ["body", "byline", "headline", "image", "link", "source", "tags"] : [];
            Assert.Equal(expected, nullable.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task What_the_API_answers_is_what_the_document_says()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var document = await DocumentAsync();
        var entry = await newsroom.PublishAsync(new
        {
            headline = "Storm",
            body = "It **nears**.",
            kind = "breaking",
            byline = "Ann",
            source = new { name = "Radio", url = "https://example.org/" },
            image = new { url = "https://example.org/a.jpg", alt = "Clouds", caption = "c", credit = "d", width = 4, height = 3 },
            link = "https://example.org/more",
            tags = new[] { "storm" },
            pinned = true,
            keyEvent = true,
        });
        var corrected = await newsroom.CorrectAsync(entry, new { headline = "The storm", note = "A word was missing." });
        await newsroom.RetractAsync(await newsroom.PublishAsync("Withdrawn"), "Wrong.");
        var page = $"/api/feeds/{newsroom.Feed}/entries";

        await IsDescribedAsync("/api/feeds", "/api/feeds");
        await IsDescribedAsync("/api/feeds/{feed}", $"/api/feeds/{newsroom.Feed}");
        await IsDescribedAsync("/api/feeds/{feed}/entries", $"{page}?include=body&limit=1");
        await IsDescribedAsync("/api/feeds/{feed}/entries", page);
        await IsDescribedAsync("/api/feeds/{feed}/entries/{id}", $"{page}/{entry.Id}?include=body");
        await IsDescribedAsync("/api/feeds/{feed}/entries/{id}/revisions", $"{page}/{entry.Id}/revisions?include=body");
        await IsDescribedAsync("/api/feeds/{feed}/entries/{id}", $"{page}/{Guid.NewGuid()}");
        await IsDescribedAsync("/api/feeds/{feed}/entries", $"{page}?limit=0");
        await AnswersAsync("/api/feeds/{feed}/entries", newsroom.Post("", new { headline = "x" }), newsroom.Desk);
        await AnswersAsync("/api/feeds/{feed}/entries", newsroom.Post("", new { }), newsroom.Desk);
        await AnswersAsync("/api/feeds/{feed}/entries", newsroom.Post("", new { headline = "x" }), newsroom.Ticker);
        await AnswersAsync("/api/feeds/{feed}/entries/{id}", newsroom.Patch(entry, new { headline = "x" }), newsroom.Desk);
        await AnswersAsync("/api/feeds/{feed}/entries/{id}", newsroom.Patch(corrected, new { headline = "x" }), newsroom.Desk);

        Task IsDescribedAsync(string path, string address) => AnswersAsync(path, new HttpRequestMessage(HttpMethod.Get, address), newsroom.Ticker);

        async Task AnswersAsync(string path, HttpRequestMessage request, HttpClient client)
        {
            var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync();
            using var response = await client.SendAsync(request);
            var operation = document.Paths[path].Operations![request.Method];
            var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(operation.Responses!.TryGetValue(status, out var described), $"{request.Method} {path} answers {status}, which isn't described");
            var content = described.Content![response.Content.Headers.ContentType!.MediaType!];
            Described.Is(JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()), content.Schema!);
            if (sent is not null)
            {
                Described.Is(JsonSerializer.Deserialize<JsonElement>(sent), operation.RequestBody!.Content!["application/json"].Schema!);
            }
        }
    }

    [Fact]
    public async Task Every_body_has_an_example_that_is_as_its_schema_says()
    {
        foreach (var (path, method, operation) in Operations(await DocumentAsync()))
        {
            var bodies = operation.Responses!.Where(answer => answer.Key[0] == '2').Select(answer => answer.Value.Content).Append(operation.RequestBody?.Content)
                .SelectMany(content => content ?? new Dictionary<string, OpenApiMediaType>()).Where(content => content.Key == "application/json").Select(content => content.Value);
            foreach (var body in bodies)
            {
                Assert.True(body.Example is not null, $"{method} {path} has a body without an example");
                Described.Is(body.Example.Deserialize<JsonElement>(), body.Schema!, $"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task What_the_examples_send_is_taken()
    {
        var newsroom = await newsrooms.InAsync(Mode.Embedded);
        var examples = Operations(await DocumentAsync())
            .Where(one => one.Operation.RequestBody?.Content?.ContainsKey("application/json") == true)
            .ToDictionary(one => one.Operation.OperationId!, one => (one.Path, one.Method, Body: one.Operation.RequestBody!.Content!["application/json"].Example!));

        string? feed = null, entry = null, draft = null, person = null, partner = null;
        feed = (await SendAsync("createFeed")).GetProperty("slug").GetString();
        await SendAsync("changeFeed");
        entry = (await SendAsync("publishEntry")).GetProperty("id").GetString();
        await SendAsync("editEntry");
        await SendAsync("correctEntry");
        await SendAsync("retractEntry");
        await SendAsync("previewDraft");
        draft = $"{Guid.CreateVersion7()}";
        await SendAsync("saveDraft");
        var tomorrow = DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        examples["scheduleDraft"].Body["local"] = tomorrow;
        await SendAsync("scheduleDraft");
        // Off the schedule it lies before the editors.
        using (var unscheduled = new HttpRequestMessage(HttpMethod.Delete, $"/api/feeds/{feed}/drafts/{draft}/schedule") { Headers = { { "If-Match", "*" } } })
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await newsroom.Desk.SendAsync(unscheduled)).StatusCode);
        }

        await SendAsync("returnDraft");
        person = (await SendAsync("invitePerson")).GetProperty("person").GetProperty("id").GetString();
        await SendAsync("changePerson");
        await SendAsync("createKey");
        partner = (await SendAsync("addPartner")).GetProperty("key").GetString();
        await SendAsync("changePartner");
        Assert.Empty(examples.Keys);

        async Task<JsonElement> SendAsync(string operation)
        {
            Assert.True(examples.Remove(operation, out var example), $"There is no {operation} with an example.");
            var address = example.Path.Replace("{feed}", feed, StringComparison.Ordinal).Replace("{id}", entry, StringComparison.Ordinal)
                .Replace("{draft}", draft, StringComparison.Ordinal).Replace("{person}", person, StringComparison.Ordinal).Replace("{partner}", partner, StringComparison.Ordinal);
            using var request = new HttpRequestMessage(example.Method, address) { Content = JsonContent.Create(example.Body) };
            if (operation is not "saveDraft" && (address.Contains("/entries/", StringComparison.Ordinal) || address.Contains("/drafts/", StringComparison.Ordinal)))
            {
                request.Headers.Add("If-Match", "*");
            }

            using var answer = await newsroom.Desk.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{operation}: {text}");
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    private static IEnumerable<(string Path, HttpMethod Method, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
        document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (path.Key, operation.Key, operation.Value)));

    private async Task<OpenApiDocument> DocumentAsync() =>
        OpenApiDocument.Parse(await (await newsrooms.InAsync(Mode.Embedded)).Ticker.GetStringAsync(Address), "json").Document!;
}
