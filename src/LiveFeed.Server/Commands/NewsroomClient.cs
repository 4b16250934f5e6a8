using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFeed.Contracts;
using LiveFeed.Desk;

namespace LiveFeed.Server.Commands;

/// <summary>
/// Speaks to a server's HTTP API. What can't be known at once (202, 503, a cut line) is sent again with the same Idempotency-Key,
/// which can't happen twice, until it is known or <see cref="Patience"/> is over.
/// </summary>
internal sealed class NewsroomClient : IDisposable
{
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(10);
    private readonly HttpClient http;
    private readonly TimeProvider clock;
    private bool reached;

    public NewsroomClient(Uri server, string? key, TimeProvider clock)
    {
        this.clock = clock;
        http = new HttpClient { BaseAddress = server, Timeout = OneTry };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <summary>How long the same is sent again and again before the answer is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest pause between two tries.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads.</summary>
    /// <exception cref="RefusedException">The server said no.</exception>
    /// <exception cref="CommandFailedException">The server can't be reached.</exception>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellation) =>
        SendAsync<T>(() => new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    /// <summary>Publishes an entry: <paramref name="submission"/>'s fields and id, its submission id as Idempotency-Key.</summary>
    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task<Entry> PublishAsync(SubmitEntry submission, CancellationToken cancellation)
    {
        var body = ToJson(submission.Fields);
        body["id"] = submission.EntryId;
        if (submission.PublishedAt is { } at)
        {
            body["publishedAt"] = Rfc3339.Format(at);
        }

        return WriteAsync<Entry>(HttpMethod.Post, $"api/feeds/{submission.Feed}/entries", body, submission.SubmissionId, null, cancellation);
    }

    /// <summary>Changes an entry that stands at <paramref name="revision"/>, or at any when that is null.</summary>
    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task<Entry> EditAsync(SubmitEntry submission, int? revision, CancellationToken cancellation)
    {
        var body = ToJson(submission.Fields);
        if (submission.Minor)
        {
            body["minor"] = true;
        }

        return WriteAsync<Entry>(
            HttpMethod.Patch, $"api/feeds/{submission.Feed}/entries/{submission.EntryId:D}", body, submission.SubmissionId, Seen(revision), cancellation);
    }

    /// <summary>Corrects an entry that stands at <paramref name="revision"/>, or at any when that is null.</summary>
    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task<Entry> CorrectAsync(SubmitEntry submission, int? revision, CancellationToken cancellation)
    {
        var body = ToJson(submission.Fields);
        body["note"] = submission.Note;
        return WriteAsync<Entry>(
            HttpMethod.Post, $"api/feeds/{submission.Feed}/entries/{submission.EntryId:D}/correction", body, submission.SubmissionId, Seen(revision), cancellation);
    }

    /// <summary>Withdraws an entry.</summary>
    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task<Entry> RetractAsync(SubmitEntry submission, CancellationToken cancellation)
    {
        var body = submission.Note is null ? [] : new JsonObject { ["note"] = submission.Note };
        return WriteAsync<Entry>(
            HttpMethod.Post, $"api/feeds/{submission.Feed}/entries/{submission.EntryId:D}/retraction", body, submission.SubmissionId, "*", cancellation);
    }

    /// <summary>Has the server keep a picture. The same bytes again are the same picture.</summary>
    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task<KeptPicture> SendPictureAsync(string feed, byte[] file, CancellationToken cancellation) =>
        SendAsync<KeptPicture>(() => new HttpRequestMessage(HttpMethod.Post, $"api/feeds/{feed}/pictures") { Content = new ByteArrayContent(file) }, cancellation);

    /// <summary>Writes.</summary>
    /// <exception cref="RefusedException">The server said no.</exception>
    /// <exception cref="CommandFailedException">The server can't be reached, or it isn't known what became of it.</exception>
    public Task<T> WriteAsync<T>(HttpMethod method, string path, JsonObject body, Guid? key, string? ifMatch, CancellationToken cancellation) =>
        SendAsync<T>(
            () =>
            {
                var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, options: Wire.Json) };
                if (key is not null)
                {
                    request.Headers.Add("Idempotency-Key", key.Value.ToString("D"));
                }

                if (ifMatch is not null)
                {
                    request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
                }

                return request;
            },
            cancellation);

    public void Dispose() => http.Dispose();

    private static string Seen(int? revision) => revision is null ? "*" : string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    private static JsonObject ToJson(EntryFields fields) => JsonSerializer.SerializeToNode(fields, Wire.Json)!.AsObject();

    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            string why;
            TimeSpan? asked = null;
            try
            {
                using var request = make();
                using var answer = await http.SendAsync(request, cancellation);
                reached = true;
                if (answer.StatusCode is HttpStatusCode.NoContent)
                {
                    return default!;
                }

                if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created)
                {
                    return await answer.Content.ReadFromJsonAsync<T>(Wire.Json, cancellation)
                        ?? throw new CommandFailedException($"{http.BaseAddress} answered with nothing. Is it a LiveFeed server?");
                }

                if (!MayChange(answer.StatusCode))
                {
                    throw await RefusedException.FromAsync(answer, cancellation);
                }

                asked = answer.Headers.RetryAfter?.Delta;
                why = answer.StatusCode is HttpStatusCode.Accepted
                    ? "The server has it and will put it on the air, but hasn't yet"
                    : $"The server answered {(int)answer.StatusCode}";
            }
            catch (HttpRequestException cut) when (!reached && cut.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
            {
                // Nothing was sent, and nothing has ever answered: a wrong address is likelier than a restart.
                throw new CommandFailedException($"There is no answer from {http.BaseAddress} ({cut.Message}). Is the server running? --server or LIVEFEED_SERVER names another one.");
            }
            catch (HttpRequestException cut)
            {
                why = $"The line was cut ({cut.Message})";
            }
            catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
            {
                why = $"There was no answer within {OneTry.TotalSeconds} s";
            }
            catch (JsonException)
            {
                throw new CommandFailedException($"What {http.BaseAddress} answered can't be read. Is it a LiveFeed server?");
            }

            var pause = asked is { } wanted && wanted > TimeSpan.Zero ? wanted : Backoff.Next(attempt, TimeSpan.FromSeconds(0.25), LongestPause);
            if (clock.GetElapsedTime(started) + pause > Patience)
            {
                throw new CommandFailedException($"{why}. Whether it was done is not known. It is safe to do the same again with the same --id: it can't happen twice.");
            }

            await Task.Delay(pause, clock, cancellation);
        }
    }

    private static bool MayChange(HttpStatusCode status) => status is HttpStatusCode.Accepted or HttpStatusCode.RequestTimeout
        or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}

/// <summary>Pauses between tries: random up to a bound that doubles, so that many who were cut off together don't come back together.</summary>
internal static class Backoff
{
    public static TimeSpan Next(int attempt, TimeSpan first, TimeSpan longest)
    {
        var bound = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20)));
        // Jitter, no secret.
#pragma warning disable CA5394
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * bound);
#pragma warning restore CA5394
    }
}
