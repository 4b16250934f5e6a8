using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
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
internal sealed class SteadyDesk(HttpClient http, string feed, ITestOutputHelper output)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    private readonly Random random = Seed.Random(output.WriteLine);
    private readonly long opened = Stopwatch.GetTimestamp();
    private readonly ConcurrentDictionary<string, (int Count, double Longest)> answers = [];
    private readonly ConcurrentDictionary<(Guid Entry, EntryAction Action), bool> promised = [];
    private readonly ConcurrentBag<string> broken = [];
    private readonly List<Task> writers = [];
    private volatile bool enough;
    private int done;

    /// <summary>What was answered with a 2xx: each must stand, once. No entry is published, edited or retracted a second time.</summary>
    public IReadOnlySet<(Guid Entry, EntryAction Action)> Promised => promised.Keys.ToHashSet();

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
        var begun = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync($"{more} more items stand after {after}", () => Done >= from + more, TimeSpan.FromSeconds(90));
        Tell($"{more} more stood {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s after {after}");
    }

    /// <summary>Ends it, with everything known.</summary>
    public async Task FinishAsync()
    {
        enough = true;
        await Task.WhenAll(writers).WaitAsync(TimeSpan.FromSeconds(60));
        Tell(string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Value.Count} × {answer.Key} (longest {answer.Value.Longest:0.0} s)")));
    }

    /// <summary>Notes when something happened. When a test fails once in a hundred runs, this is all that there is to go by.</summary>
    public void Tell(string what) => output.WriteLine($"{Stopwatch.GetElapsedTime(opened).TotalSeconds,6:0.0} s: {what}");

    private async Task WriteAsync(int writer, Random dice)
    {
        for (var i = 0; !enough; i++)
        {
            var id = Guid.CreateVersion7();
            var entry = await UntilKnownAsync((id, EntryAction.Publish), () => Request(HttpMethod.Post, "", new { id, headline = $"Writer {writer}, item {i}" }, null));
            if (entry is not null && dice.Next(4) == 0)
            {
                entry = await UntilKnownAsync(
                    (id, EntryAction.Edit), () => Request(HttpMethod.Patch, $"/{id}", new { headline = $"Writer {writer}, item {i}, edited" }, entry.Revision));
            }

            if (entry is not null && dice.Next(6) == 0)
            {
                await UntilKnownAsync((id, EntryAction.Retract), () => Request(HttpMethod.Post, $"/{id}/retraction", new { }, null));
            }

            // The pace of a busy newsroom: what is killed meanwhile must meet items on every stretch of their way.
            await Task.Delay(dice.Next(60), CancellationToken.None);
        }
    }

    private void Count(string answer, TimeSpan took) => answers.AddOrUpdate(
        answer, (1, took.TotalSeconds), (_, known) => (known.Count + 1, Math.Max(known.Longest, took.TotalSeconds)));

    private HttpRequestMessage Request(HttpMethod method, string path, object body, int? seen)
    {
        var request = new HttpRequestMessage(method, $"/api/feeds/{feed}/entries{path}") { Content = JsonContent.Create(body) };
        if (seen is not null)
        {
            request.Headers.IfMatch.Add(new($"\"{seen}\""));
        }

        return request;
    }

    private async Task<Entry?> UntilKnownAsync((Guid Entry, EntryAction Action) what, Func<HttpRequestMessage> make)
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
                Count(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture), took);
                if (took > LongestAnswer)
                {
                    broken.Add($"{request.Method} was answered after {took.TotalSeconds:0.0} s");
                }

                switch (answer.StatusCode)
                {
                    case HttpStatusCode.Created or HttpStatusCode.OK:
                        promised[what] = true;
                        Interlocked.Increment(ref done);
                        return JsonSerializer.Deserialize<Entry>(text, Wire.Json)!;
                    case HttpStatusCode.Accepted:
                        // Taken at its word: nobody sends it again.
                        promised[what] = true;
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
                Count("no answer", Stopwatch.GetElapsedTime(begun));
                // The desk itself was away: not known, so the same again.
            }

            // As Retry-After asks, though not as long.
            await Task.Delay(100, CancellationToken.None);
        }
    }
}
