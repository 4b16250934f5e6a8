using System.Collections.Concurrent;
using LiveFeed.Contracts;
using LiveFeed.Server.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveFeed.CommandLine.Tests;

/// <summary>An answer that leaves open what happened is asked for again, under the same Idempotency-Key. The answers come from a socket, scripted.</summary>
public sealed class UnsureAnswers
{
    private static readonly SubmitEntry Submission = new()
    {
        SubmissionId = Guid.Parse("11111111-1111-4111-8111-111111111111"),
        EntryId = Guid.Parse("11111111-1111-4111-8111-111111111111"),
        Feed = "news",
        Action = EntryAction.Publish,
        Fields = new() { Headline = "One" },
    };

    [Fact]
    public async Task It_is_sent_again_with_the_same_key_until_it_is_known()
    {
        var keys = new ConcurrentQueue<string>();
        await using var server = await ServeAsync(keys, 503, 202, 502, 201);
        using var client = Client(server);

        var entry = await client.PublishAsync(Submission, TestContext.Current.CancellationToken);

        Assert.Equal(7, entry.Seq);
        Assert.Equal(Enumerable.Repeat(Submission.SubmissionId.ToString(), 4), keys);
    }

    [Fact]
    public async Task A_refusal_is_final()
    {
        var keys = new ConcurrentQueue<string>();
        await using var server = await ServeAsync(keys, 503, 409);
        using var client = Client(server);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => client.PublishAsync(Submission, TestContext.Current.CancellationToken));

        Assert.Equal(("entry-exists", "It exists."), (refused.Kind, refused.Message));
        Assert.Equal(2, keys.Count);
    }

    [Fact]
    public async Task It_is_given_up_in_the_end_and_said_to_be_safe_to_repeat()
    {
        await using var server = await ServeAsync([], 503);
        using var client = Client(server, TimeSpan.FromMilliseconds(300));

        var failed = await Assert.ThrowsAsync<CommandFailedException>(() => client.PublishAsync(Submission, TestContext.Current.CancellationToken));

        Assert.Contains("is not known", failed.Message, StringComparison.Ordinal);
        Assert.Contains("same --id", failed.Message, StringComparison.Ordinal);
    }

    private static NewsroomClient Client(WebApplication server, TimeSpan? patience = null) => new(new Uri(server.Urls.First() + "/"), "key", TimeProvider.System)
    {
        Patience = patience ?? TimeSpan.FromSeconds(60),
        LongestPause = TimeSpan.FromMilliseconds(20),
    };

    private static async Task<WebApplication> ServeAsync(ConcurrentQueue<string> keys, params int[] statuses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var asked = 0;
        server.MapPost("/api/feeds/news/entries", (HttpRequest request) =>
        {
            keys.Enqueue(request.Headers["Idempotency-Key"].ToString());
            var status = statuses[Math.Min(asked++, statuses.Length - 1)];
            return status switch
            {
                201 => Results.Json(
                    new Entry
                    {
                        Id = Submission.EntryId,
                        Feed = "news",
                        Seq = 7,
                        Revision = 1,
                        Status = EntryStatus.Live,
                        PublishedAt = DateTimeOffset.UnixEpoch,
                    },
                    Wire.Json,
                    statusCode: 201),
                409 => Results.Problem("It exists.", statusCode: 409, type: "/problems/entry-exists"),
                _ => Results.StatusCode(status),
            };
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
