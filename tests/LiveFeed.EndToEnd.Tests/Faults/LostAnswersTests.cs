using System.Net;
using System.Net.Http.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.Testing;

namespace LiveFeed.EndToEnd.Tests.Faults;

/// <summary>Who never hears what became of an item sends it again; it is on the air once all the same.</summary>
public sealed class LostAnswersTests(Servers servers, ITestOutputHelper output)
{
    private const int Items = 1_000;
    private const int Writers = 16;

    [Theory, BothModes]
    public async Task Of_a_thousand_publishes_with_three_in_ten_answers_lost_each_item_is_on_the_air_once(Mode mode)
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, mode);
        var reader = await newsroom.FollowAsync(node: 1);
        var random = Seed.Random(output.WriteLine);
        var dice = Enumerable.Range(0, Writers).Select(_ => new Random(random.Next())).ToList();

        var told = (await Task.WhenAll(dice.Select(async (mine, writer) =>
        {
            var entries = new List<Entry>();
            for (var i = writer; i < Items; i += Writers)
            {
                entries.Add(await PublishAsync(newsroom, $"Item {i}", mine));
            }

            return entries;
        }))).SelectMany(entries => entries).ToList();

        Assert.Equal(Items, told.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, Items).Select(seq => (long)seq), told.Select(entry => entry.Seq).Order());
        await reader.SeesAsync(told.MaxBy(entry => entry.Seq)!);
        Assert.Equal(Enumerable.Range(1, Items).Select(seq => (long)seq), reader.Seen.Select(entry => entry.Seq));
        Assert.Equal(Enumerable.Range(0, Items).Select(i => $"Item {i}").Order(StringComparer.Ordinal), reader.Seen.Select(entry => entry.Headline!).Order(StringComparer.Ordinal));
        Assert.Equal(Items, (await newsroom.ListAsync("limit=1")).Position.Seq);
    }

    // The server makes the entry's id, another one at every try: the key alone says that it is the same item.
    private static async Task<Entry> PublishAsync(Newsroom newsroom, string headline, Random dice)
    {
        var key = Guid.NewGuid().ToString();
        while (true)
        {
            using var request = newsroom.Post("", new { headline });
            request.Headers.Add("Idempotency-Key", key);
            var lost = dice.Next(10) < 3;
            using var hangUp = new CancellationTokenSource();
            if (lost && dice.Next(2) == 0)
            {
                hangUp.CancelAfter(dice.Next(1, 20));
            }

            try
            {
                using var answer = await newsroom.Desk.SendAsync(request, hangUp.Token);
                Assert.True(
                    answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable,
                    $"Answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                if (!lost && answer.StatusCode is HttpStatusCode.Created)
                {
                    return (await answer.Content.ReadFromJsonAsync<Entry>(Wire.Json))!;
                }
            }
            catch (OperationCanceledException) when (hangUp.IsCancellationRequested)
            {
                // Hung up before the answer came.
            }
        }
    }
}
