using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Faults;

/// <summary>
/// A newsroom that goes on publishing whatever breaks: it sends each item again, with the same key, until it knows what became of
/// it, and keeps the book on what it was told.
/// </summary>
internal sealed class SteadyDesk(HttpClient http, string feed, Random random)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, bool> promised = [];
    private readonly ConcurrentBag<string> broken = [];
    private readonly List<Task> writers = [];
    private volatile bool enough;
    private int done;

    /// <summary>The entries that were answered with a 2xx: they must stand.</summary>
    public IReadOnlyCollection<Guid> Promised => [.. promised.Keys];

    /// <summary>The entries that were retracted with a 2xx.</summary>
    public ConcurrentDictionary<Guid, bool> Retracted { get; } = [];

    /// <summary>Answers that no desk may give, and hangs.</summary>
    public IReadOnlyCollection<string> Broken => broken;

    /// <summary>How many submissions are known to stand.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>Begins to publish with some writers, each one after the other.</summary>
    public void Start(int count) => writers.AddRange(Enumerable.Range(0, count).Select(writer => WriteAsync(writer, new Random(random.Next()))));

    /// <summary>Waits until so many more submissions stand.</summary>
    public async Task GoesOnAsync(string after, int more = 15)
    {
        var from = Done;
        await Eventually.TrueAsync($"{more} more items stand after {after}", () => Done >= from + more, TimeSpan.FromSeconds(90));
    }

    /// <summary>Ends it, with everything known.</summary>
    public async Task FinishAsync()
    {
        enough = true;
        await Task.WhenAll(writers).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task WriteAsync(int writer, Random dice)
    {
        for (var i = 0; !enough; i++)
        {
            var id = Guid.CreateVersion7();
            var entry = await UntilKnownAsync(() => Request(HttpMethod.Post, "", new { id, headline = $"Writer {writer}, item {i}" }, null), id);
            if (entry is not null && dice.Next(4) == 0)
            {
                entry = await UntilKnownAsync(
                    () => Request(HttpMethod.Patch, $"/{id}", new { headline = $"Writer {writer}, item {i}, edited" }, entry.Revision), id);
            }

            if (entry is not null && dice.Next(6) == 0 && await UntilKnownAsync(() => Request(HttpMethod.Post, $"/{id}/retraction", new { }, null), id) is not null)
            {
                Retracted[id] = true;
            }

            // The pace of a busy newsroom: what is killed meanwhile must meet items on every stretch of their way.
            await Task.Delay(dice.Next(60), CancellationToken.None);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, object body, int? seen)
    {
        var request = new HttpRequestMessage(method, $"/api/feeds/{feed}/entries{path}") { Content = JsonContent.Create(body) };
        if (seen is not null)
        {
            request.Headers.IfMatch.Add(new($"\"{seen}\""));
        }

        return request;
    }

    private async Task<Entry?> UntilKnownAsync(Func<HttpRequestMessage> make, Guid id)
    {
        var key = Guid.NewGuid().ToString();
        while (true)
        {
            using var request = make();
            request.Headers.Add("Idempotency-Key", key);
            var begun = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                var took = Stopwatch.GetElapsedTime(begun);
                if (took > LongestAnswer)
                {
                    broken.Add($"{request.Method} was answered after {took.TotalSeconds:0.0} s");
                }

                switch (answer.StatusCode)
                {
                    case HttpStatusCode.Created or HttpStatusCode.OK:
                        promised[id] = true;
                        Interlocked.Increment(ref done);
                        return JsonSerializer.Deserialize<Entry>(text, Wire.Json)!;
                    case HttpStatusCode.Accepted:
                        // Taken at its word: nobody sends it again.
                        promised[id] = true;
                        Interlocked.Increment(ref done);
                        return null;
                    case HttpStatusCode.ServiceUnavailable:
                        break;
                    default:
                        broken.Add($"{request.Method} was answered {(int)answer.StatusCode}: {text}");
                        return null;
                }
            }
            catch (HttpRequestException)
            {
                // The desk itself was away: not known, so the same again.
            }

            // As Retry-After asks, though not as long.
            await Task.Delay(100, CancellationToken.None);
        }
    }
}
