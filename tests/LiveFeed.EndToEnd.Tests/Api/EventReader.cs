using System.Net.ServerSentEvents;
using LiveFeed.EndToEnd.Tests.Newsrooms;

namespace LiveFeed.EndToEnd.Tests.Api;

/// <summary>A reader of a feed's server-sent events.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpClient client;
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<string>> events;

    private EventReader(HttpClient client, HttpResponseMessage response, Stream stream)
    {
        (this.client, this.response) = (client, response);
        events = SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    public HttpResponseMessage Response => response;

    public static async Task<EventReader> OpenAsync(Newsroom newsroom, int node, string? lastEventId = null, string query = "")
    {
        var client = Newsroom.Client(newsroom.Tickers[node % newsroom.Tickers.Count]);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/feeds/{newsroom.Feed}/stream{query}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(client, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, waited for.</summary>
    public async Task<SseItem<string>> NextAsync()
    {
        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)), "The stream ended.");
        return events.Current;
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        client.Dispose();
        await ValueTask.CompletedTask;
    }
}
