using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Load.Push.Servers;

/// <summary>A ticker as SignalR's documentation would have it: a group for a feed, and nothing tuned.</summary>
internal static class Stock
{
    public static int Run(int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<FeedHub>("/hub");
        app.MapPost("/publish/{feed}", async (string feed, Item item, IHubContext<FeedHub> hub) =>
        {
            await hub.Clients.Group(feed).SendAsync("Updated", item);
            return Results.Accepted();
        });
        app.Run($"http://127.0.0.1:{port}");
        return 0;
    }

    internal sealed record Item(string Headline, string Text);

    internal sealed class FeedHub : Hub
    {
        public Task Follow(string feed) => Groups.AddToGroupAsync(Context.ConnectionId, feed);
    }
}
