using System.Net;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Readers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFeed.EndToEnd.Tests.Partners;

/// <summary>A reader on a page of some site, as a browser there would ask.</summary>
/// <param name="Origin">The page's origin; null for a program.</param>
/// <param name="Key">The partner's key in the line that the page has, if one.</param>
public sealed record SiteVisit(string? Origin, string? Key = null)
{
    private static readonly HttpClient Browser = new();

    private string Query => Key is null ? "" : $"?key={Key}";

    /// <summary>Follows a feed over the hub.</summary>
    /// <returns>The open line, or why it was refused.</returns>
    public async Task<(HubConnection? Line, string? Refusal)> FollowAsync(Uri node, string feed, Door door)
    {
        var line = new HubConnectionBuilder()
            .WithUrl(new Uri(node, "/hubs/ticker" + Query), options =>
            {
                if (Origin is not null)
                {
                    options.Headers["Origin"] = Origin;
                }

                if (door is Door.Plain)
                {
                    options.SkipNegotiation = true;
                    options.Transports = HttpTransportType.WebSockets;
                }
            })
            .AddJsonProtocol(options => Wire.Configure(options.PayloadSerializerOptions))
            .Build();
        await line.StartAsync();
        try
        {
            await line.InvokeAsync<Followed>("Follow", feed);
            return (line, null);
        }
        catch (HubException refused)
        {
            await line.DisposeAsync();
            return (null, refused.Message);
        }
    }

    /// <summary>Reads an address.</summary>
    public async Task<HttpResponseMessage> GetAsync(Uri node, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, path + Query));
        if (Origin is not null)
        {
            request.Headers.Add("Origin", Origin);
        }

        // A stream's head is enough.
        return await Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The doors of the hub that let this reader follow a feed.</summary>
    public async Task<List<string>> OpenHubWaysAsync(Uri node, string feed)
    {
        var open = new List<string>();
        foreach (var door in Enum.GetValues<Door>())
        {
            var (line, refusal) = await FollowAsync(node, feed, door);
            if (line is not null)
            {
                open.Add($"hub, {door}");
                await line.DisposeAsync();
            }
            else
            {
                Assert.Contains("is for partners", refusal, StringComparison.Ordinal);
            }
        }

        return open;
    }

    /// <summary>Every way to a feed that is for partners which answers this reader with news of it.</summary>
    public async Task<IReadOnlyList<string>> OpenWaysAsync(Uri node, string feed)
    {
        var open = await OpenHubWaysAsync(node, feed);
        foreach (var path in (string[])[$"/api/feeds/{feed}/entries", $"/api/feeds/{feed}/stream", $"/{feed}/rss.xml", $"/{feed}/feed.json"])
        {
            using var answer = await GetAsync(node, path);
            var allowed = answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? Assert.Single(values) : null;
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                open.Add(path);
                Assert.Equal(Origin, allowed);
                // Whoever asks next may be on another site.
                Assert.False(answer.Headers.CacheControl?.Public is true);
                Assert.Contains("Origin", answer.Headers.Vary);
            }
            else
            {
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
                Assert.Null(allowed);
            }
        }

        return open;
    }
}
