using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace LiveFeed.Load.Publish;

/// <summary>Posts items to a desk and takes the time from the POST to its answer.</summary>
internal sealed class DeskClient : IDisposable
{
    private const string Body =
        "The harbour master says that the ferry has been refloated and is on its way to the pier under its own power. All on board are well. " +
        "The **tide** helped, and so did two tugs; the crossing is expected to open again at noon. See [the timetable](https://example.org/ferry) for the changes.";

    private readonly HttpClient http;

    public DeskClient(Uri server, string key)
    {
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Creates a feed of a name that nobody has used and returns its slug.</summary>
    public async Task<string> CreateFeedAsync()
    {
        var slug = $"load-{Guid.NewGuid():N}"[..17];
        using var created = await http.PostAsJsonAsync("/api/feeds", new { slug });
        created.EnsureSuccessStatusCode();
        return slug;
    }

    /// <summary>Posts one item. Whether it was answered with 201, and after how many milliseconds.</summary>
    public async Task<(bool Stands, double Milliseconds)> PostAsync(string feed)
    {
        var begun = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync($"/api/feeds/{feed}/entries", new { headline = "The ferry is afloat again", body = Body, tags = new[] { "ferry" } });
        return (answer.StatusCode == HttpStatusCode.Created, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }

    /// <summary>Lets the server compile what it runs, so that what is measured is its pace and not its start.</summary>
    public async Task WarmUpAsync()
    {
        var feed = await CreateFeedAsync();
        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => PostAsync(feed)));
        }
    }

    public void Dispose() => http.Dispose();
}
