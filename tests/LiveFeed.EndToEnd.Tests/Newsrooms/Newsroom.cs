using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using Microsoft.Extensions.Logging;

namespace LiveFeed.EndToEnd.Tests.Newsrooms;

/// <summary>A newsroom with one feed: what its staff do at the desk, and what its readers see.</summary>
public sealed class Newsroom : IAsyncDisposable
{
    public const string AdminKey = "a key for tests alone";

    private const int MostAttempts = 10;

    private readonly List<Node> nodes = [];
    private readonly List<IAsyncDisposable> readers = [];
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("livefeed-newsroom-");
    private Func<LogRecord, bool>? expectedErrors;

    private Newsroom(Mode mode) => Mode = mode;

    public Mode Mode { get; }

    /// <summary>The feed's slug; no other newsroom has the same.</summary>
    public string Feed { get; } = $"feed-{Guid.NewGuid():N}"[..13];

    /// <summary>The desk's HTTP API, with a key that has every right.</summary>
    public HttpClient Desk { get; private set; } = null!;

    /// <summary>The ticker nodes, as readers reach them.</summary>
    public IReadOnlyList<Uri> Tickers { get; private set; } = [];

    /// <summary>The servers; one that has every role, or the desk first, the fan-out, then the tickers.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>The HTTP API that readers use.</summary>
    public HttpClient Ticker { get; private set; } = null!;

    /// <summary>The settings that every node has, for one more node beside them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; } = new Dictionary<string, string>();

    /// <param name="servers">Where its nodes meet.</param>
    /// <param name="mode">How LiveFeed runs.</param>
    /// <param name="feed">The feed's properties, where they matter.</param>
    /// <param name="settings">What else differs from the defaults, on every node.</param>
    public static async Task<Newsroom> OpenAsync(
        Servers servers, Mode mode, object? feed = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        ArgumentNullException.ThrowIfNull(servers);
        var newsroom = new Newsroom(mode);
        try
        {
            var all = new Dictionary<string, string>(await servers.MeetingPointAsync(mode))
            {
                ["LiveFeed:AdminKey"] = AdminKey,
                ["LiveFeed:DataDirectory"] = newsroom.directory.FullName,
            };
            foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            {
                all[name] = value;
            }

            newsroom.Settings = all;
            await newsroom.StartNodesAsync();
            await newsroom.CreateFeedAsync(feed);
            return newsroom;
        }
        catch
        {
            await newsroom.CloseAsync();
            throw;
        }
    }

    /// <summary>An HTTP client for one address.</summary>
    public static HttpClient Client(Uri address, string? key = null)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Puts a new entry on the air.</summary>
    public Task<Entry> PublishAsync(object entry) => SentAsync(Post("", entry), HttpStatusCode.Created);

    public Task<Entry> PublishAsync(string headline) => PublishAsync(new { headline });

    /// <summary>Changes an entry whose newest state is <paramref name="seen"/>.</summary>
    public Task<Entry> EditAsync(Entry seen, object change) => SentAsync(Patch(seen, change), HttpStatusCode.OK);

    public Task<Entry> CorrectAsync(Entry seen, object correction) =>
        SentAsync(Post($"/{seen.Id}/correction", correction, seen.Revision), HttpStatusCode.OK);

    public Task<Entry> RetractAsync(Entry seen, string? note = null) =>
        SentAsync(Post($"/{seen.Id}/retraction", note is null ? new { } : new { note }, seen.Revision), HttpStatusCode.OK);

    public HttpRequestMessage Post(string path, object body, int? seen = null) => Request(HttpMethod.Post, path, body, seen);

    public HttpRequestMessage Patch(Entry seen, object body) => Request(HttpMethod.Patch, $"/{seen.Id}", body, seen.Revision);

    /// <summary>Opens a ticker and follows the feed.</summary>
    /// <param name="node">Which ticker node; the first unless said.</param>
    /// <param name="position">Where the reader had got to before.</param>
    /// <param name="messagePack">With the binary protocol.</param>
    /// <param name="door">Which way into the hub.</param>
    public async Task<Reader> FollowAsync(int node = 0, string? position = null, bool messagePack = false, Door door = Door.Plain)
    {
        var reader = await Reader.OpenAsync(Tickers[node % Tickers.Count], Feed, position, messagePack, door);
        readers.Add(reader);
        return reader;
    }

    /// <summary>A node that shows the desk's page with the ticker beside it: where a proxy brings the two together, or where one node has every role.</summary>
    public async Task<Node> OpenDeskAsync()
    {
        if (Mode is Mode.Distributed)
        {
            var node = await Node.StartAsync(new Dictionary<string, string>(Settings) { ["LiveFeed:Roles"] = "desk,ticker" });
            nodes.Add(node);
            await ReadyAsync(node, "desk");
            return node;
        }

        return nodes[0];
    }

    /// <summary>The feed as the JSON API lists it.</summary>
    public async Task<EntryPage> ListAsync(string query = "limit=100") =>
        await ReadAsync<EntryPage>(await Ticker.GetAsync(new Uri($"/api/feeds/{Feed}/entries?{query}", UriKind.Relative)));

    /// <summary>A part of what was read, in the contract's form.</summary>
    public static T Parse<T>(JsonElement json) => json.Deserialize<T>(Wire.Json)!;

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<T>(text, Wire.Json)!;
    }

    /// <summary>Errors in the log that the test brings about itself; every other fails it at the end.</summary>
    public void ExpectErrors(Func<LogRecord, bool> expected) => expectedErrors = expected;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var node in nodes)
        {
            node.Log.AssertNoErrors(expectedErrors);
        }
    }

    private async Task CloseAsync()
    {
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }

        Desk?.Dispose();
        Ticker?.Dispose();
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        directory.Delete(recursive: true);
    }

    private async Task StartNodesAsync()
    {
        string[] roles = Mode is Mode.Embedded ? ["desk,fanout,ticker"] : ["desk", "fanout", "ticker", "ticker"];
        var starting = roles.Select(role => Node.StartAsync(new Dictionary<string, string>(Settings) { ["LiveFeed:Roles"] = role })).ToList();
        try
        {
            await Task.WhenAll(starting);
        }
        finally
        {
            // Where one can't start, the others are ended with the newsroom.
            nodes.AddRange(starting.Where(node => node.IsCompletedSuccessfully).Select(node => node.Result));
        }

        Desk = Client(nodes[0].Address, AdminKey);
        Tickers = [.. nodes.Zip(roles).Where(node => node.Second.Contains("ticker", StringComparison.Ordinal)).Select(node => node.First.Address)];
        Ticker = Client(Tickers[0]);
        foreach (var (node, role) in nodes.Zip(roles))
        {
            await ReadyAsync(node, role);
        }
    }

    private static async Task ReadyAsync(Node node, string role)
    {
        using var client = Client(node.Address);
        try
        {
            await Eventually.ReadsAsync(
                $"the {role} at {node.Address} is ready",
                async cancellation => await (await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation)).Content.ReadAsStringAsync(cancellation),
                health => health.Contains("\"status\":\"healthy\"", StringComparison.Ordinal));
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"{failure.Message}\nIts log:\n{string.Join('\n', node.Log.Records.Where(Tells).TakeLast(60))}", failure);
        }
    }

    // Each time that it is asked for its health fills its log, and says nothing about why it isn't ready.
    private static bool Tells(LogRecord record) =>
        record.Level > LogLevel.Information || !record.Category.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal);

    private async Task CreateFeedAsync(object? feed)
    {
        var body = JsonSerializer.SerializeToNode(feed ?? new { title = "Test feed" }, Wire.Json)!.AsObject();
        body["slug"] = Feed;
        using var created = await Desk.PostAsJsonAsync("/api/feeds", body);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    private async Task<Entry> SentAsync(HttpRequestMessage request, HttpStatusCode expected)
    {
        using (request)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            for (var attempt = 1; ; attempt++)
            {
                using var response = await Desk.SendAsync(await CopyAsync(request));
                var text = await response.Content.ReadAsStringAsync();
                // A busy machine may take longer than the desk waits for its answer: the same again tells what became of it.
                if (response.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable) || attempt == MostAttempts)
                {
                    Assert.True(response.StatusCode == expected, $"{request.Method} {request.RequestUri} answered {(int)response.StatusCode}: {text}");
                    return JsonSerializer.Deserialize<Entry>(text, Wire.Json)!;
                }
            }
        }
    }

    // A request can be sent once.
    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = new StringContent(await request.Content!.ReadAsStringAsync(), Encoding.UTF8, "application/json"),
        };
        foreach (var header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }

    private HttpRequestMessage Request(HttpMethod method, string path, object body, int? seen)
    {
        var request = new HttpRequestMessage(method, $"/api/feeds/{Feed}/entries{path}") { Content = JsonContent.Create(body, options: Wire.Json) };
        if (seen is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{seen}\""));
        }

        return request;
    }
}
