using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Desk;

/// <summary>One writer's drafts of a feed, as the API has them.</summary>
internal sealed class Drafts(string feed, HttpClient writer)
{
    /// <summary>Keeps a draft.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="content">What was written.</param>
    /// <param name="seen">The version that the writer saw; null for a new one.</param>
    public Task<HttpResponseMessage> SaveAsync(Guid id, object content, int? seen = null) => SendAsync(HttpMethod.Put, $"/{id}", content, seen);

    /// <summary>Keeps a draft, which is to succeed.</summary>
    public async Task<JsonElement> SavedAsync(Guid id, object content, int? seen = null) => await ReadAsync(await SaveAsync(id, content, seen));

    public async Task<JsonElement> FindAsync(Guid id) => await ReadAsync(await SendAsync(HttpMethod.Get, $"/{id}"));

    public async Task<IReadOnlyList<JsonElement>> ListAsync(string query = "") =>
        [.. (await ReadAsync(await SendAsync(HttpMethod.Get, query))).GetProperty("drafts").EnumerateArray()];

    /// <summary>Decides on a draft, which is to succeed.</summary>
    public async Task<JsonElement> DecidedAsync(Guid id, string decision, int seen, object? body = null) =>
        await ReadAsync(await DecideAsync(id, decision, seen, body));

    public Task<HttpResponseMessage> DecideAsync(Guid id, string decision, int? seen, object? body = null) =>
        SendAsync(HttpMethod.Post, $"/{id}/{decision}", body, seen);

    /// <summary>Has a draft go on the air at a time, which is to succeed.</summary>
    public async Task<JsonElement> ScheduledAsync(Guid id, DateTimeOffset at, int seen) => await ReadAsync(await ScheduleAsync(id, new { at }, seen));

    public Task<HttpResponseMessage> ScheduleAsync(Guid id, object at, int seen) => SendAsync(HttpMethod.Put, $"/{id}/schedule", at, seen);

    public Task<HttpResponseMessage> CancelAsync(Guid id, int seen) => SendAsync(HttpMethod.Delete, $"/{id}/schedule", seen: seen);

    /// <summary>Puts a draft on the air, and asks until it is known to be there.</summary>
    public async Task<Entry> PublishedAsync(Guid id, int seen)
    {
        while (true)
        {
            using var answer = await DecideAsync(id, "publication", seen);
            if (answer.StatusCode is not HttpStatusCode.Accepted)
            {
                return await Newsroom.ReadAsync<Entry>(answer);
            }
        }
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, int? seen = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/feeds/{feed}/drafts{path}");
        request.Content = body is null ? null : JsonContent.Create(body, options: Wire.Json);
        if (seen is not null)
        {
            request.Headers.IfMatch.Add(new($"\"{seen}\""));
        }

        return await writer.SendAsync(request);
    }

    public static string State(JsonElement draft) => draft.GetProperty("state").GetString()!;

    public static int Version(JsonElement draft) => draft.GetProperty("version").GetInt32();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return await Newsroom.ReadAsync<JsonElement>(answer);
        }
    }
}
