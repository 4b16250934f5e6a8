using System.Net.Http.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using Microsoft.Extensions.Logging;

namespace LiveFeed.EndToEnd.Tests.Faults;

/// <summary>Parts are killed in the middle of publishing. Nothing that was promised is lost, doubled, reordered or resurrected.</summary>
public sealed class OutageTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Whatever_is_killed_in_the_middle_of_publishing_every_ticker_ends_up_with_what_was_promised()
    {
        await using var rabbitMq = await RabbitMqServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        await using var postgres = await PostgresServer.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:RabbitMq"] = rabbitMq.ConnectionString,
            ["ConnectionStrings:Redis"] = redis.ConnectionString,
            ["ConnectionStrings:Archive"] = await postgres.CreateDatabaseAsync(),
            ["LiveFeed:AdminKey"] = Newsroom.AdminKey,
        };
        await using var fanOut = await LiveFeedProcess.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "fanout" });
        await using var desk = await Node.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "desk" });
        await using var left = await Node.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "ticker" });
        await using var right = await Node.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "ticker" });
        using var story = await Story.BeginAsync(desk.Address, [left.Address, right.Address], Seed.Random(output.WriteLine));
        await using var readers = await story.ReadAsync();

        story.Desk.Start(count: 3);
        await story.Desk.GoesOnAsync("the start");
        await fanOut.KillAsync();
        await fanOut.StartAgainAsync();
        await story.Desk.GoesOnAsync("the fan-out was killed");
        await redis.KillAsync();
        await story.Desk.GoesOnAsync("Redis was killed");
        await redis.StartAgainAsync();
        await story.Desk.GoesOnAsync("Redis came back empty");
        await rabbitMq.KillAsync();
        await rabbitMq.StartAgainAsync();
        await story.Desk.GoesOnAsync("RabbitMQ was killed");
        await postgres.KillAsync();
        // It waits for the archive with submissions in its hands, and is asked to end: they go back to their queues.
        await fanOut.StopAsync();
        await postgres.StartAgainAsync();
        await fanOut.StartAgainAsync();
        await story.Desk.GoesOnAsync("PostgreSQL was killed");
        await story.Desk.FinishAsync();

        await story.HoldsAsync(readers);
        Assert.DoesNotContain("_error", await rabbitMq.ControlAsync("list_queues", "name"), StringComparison.Ordinal);
        foreach (var node in new[] { desk, left, right })
        {
            // RabbitMQ.Client and MassTransit call a broker that went away an error; it was killed here.
            node.Log.AssertNoErrors(record => record.Category.StartsWith("MassTransit", StringComparison.Ordinal) && record.Level == LogLevel.Error);
        }
    }

    [Fact]
    public async Task One_process_that_is_killed_goes_on_where_it_was()
    {
        await using var files = await TestDirectory.MakeAsync();
        var settings = new Dictionary<string, string> { ["LiveFeed:AdminKey"] = Newsroom.AdminKey, ["LiveFeed:DataDirectory"] = files.Next() };
        await using var server = await LiveFeedProcess.StartAsync(settings);
        using var story = await Story.BeginAsync(server.Address, [server.Address], Seed.Random(output.WriteLine));
        await using var readers = await story.ReadAsync();

        story.Desk.Start(count: 3);
        await story.Desk.GoesOnAsync("the start");
        for (var time = 1; time <= 2; time++)
        {
            await server.KillAsync();
            await server.StartAgainAsync();
            await story.Desk.GoesOnAsync($"kill {time}");
        }

        await story.Desk.FinishAsync();
        await story.HoldsAsync(readers);
    }

    /// <summary>A feed that is written to, and what has to hold of it in the end.</summary>
    private sealed class Story : IDisposable
    {
        private readonly HttpClient http;
        private readonly string feed;
        private readonly IReadOnlyList<Uri> tickers;

        private Story(HttpClient http, string feed, IReadOnlyList<Uri> tickers, Random random)
        {
            this.http = http;
            this.feed = feed;
            this.tickers = tickers;
            Desk = new SteadyDesk(http, feed, random);
        }

        public SteadyDesk Desk { get; }

        public static async Task<Story> BeginAsync(Uri desk, IReadOnlyList<Uri> tickers, Random random)
        {
            var http = Newsroom.Client(desk, Newsroom.AdminKey);
            var feed = $"feed-{Guid.NewGuid():N}"[..13];
            using var created = await http.PostAsJsonAsync("/api/feeds", new { slug = feed });
            created.EnsureSuccessStatusCode();
            return new Story(http, feed, tickers, random);
        }

        /// <summary>A reader on each official client at each ticker.</summary>
        public async Task<OpenTickers> ReadAsync()
        {
            var open = new OpenTickers();
            foreach (var ticker in tickers)
            {
                open.DotNet.Add(await Reader.OpenAsync(ticker, feed));
                open.JavaScript.Add(await NodeReader.OpenAsync(ticker, feed));
            }

            return open;
        }

        public async Task HoldsAsync(OpenTickers readers)
        {
            Assert.Empty(Desk.Broken);
            foreach (var ticker in tickers)
            {
                var archive = await Eventually.ReadsAsync(
                    $"{ticker} lists all that was promised", _ => ListAsync(ticker), list => Desk.Promised.All(list.ContainsKey), TimeSpan.FromSeconds(60));
                var top = archive.Values.Max(entry => entry.Seq);
                // Each revision of each entry has taken one seq; together they fill the log without a hole.
                Assert.Equal(top, archive.Values.Sum(entry => (long)entry.Revision));
                Assert.All(Desk.Retracted.Keys, id => Assert.Equal(EntryStatus.Retracted, archive[id].Status));

                foreach (var reader in readers.DotNet)
                {
                    await Eventually.TrueAsync("the .NET reader has seen everything", () => reader.Position?.Seq >= top, TimeSpan.FromSeconds(60));
                    Agrees(archive, reader.Seen, reader.Ticker.ToDictionary(entry => entry.Id));
                }

                foreach (var reader in readers.JavaScript)
                {
                    await Eventually.TrueAsync("the JavaScript reader has seen everything", () => reader.Position?.Seq >= top, TimeSpan.FromSeconds(60));
                    Agrees(archive, reader.Seen, reader.Ticker);
                }
            }
        }

        public void Dispose() => http.Dispose();

        private async Task<Dictionary<Guid, Entry>> ListAsync(Uri ticker)
        {
            using var client = Newsroom.Client(ticker);
            var all = new Dictionary<Guid, Entry>();
            string? next = null;
            do
            {
                var page = await Newsroom.ReadAsync<EntryPage>(await client.GetAsync(
                    new Uri($"/api/feeds/{feed}/entries?limit=100{(next is null ? "" : $"&before={next}")}", UriKind.Relative)));
                foreach (var entry in page.Entries)
                {
                    Assert.True(all.TryAdd(entry.Id, entry), $"{entry.Id} is listed twice");
                }

                next = page.Next;
            }
            while (next is not null);
            return all;
        }

        private static void Agrees(Dictionary<Guid, Entry> archive, IReadOnlyList<Entry> seen, IReadOnlyDictionary<Guid, Entry> ticker)
        {
            var pushed = seen.Select(entry => entry.Seq).ToList();
            Assert.Equal(pushed.Distinct().Count(), pushed.Count);
            foreach (var states in seen.GroupBy(entry => entry.Id))
            {
                Assert.Equal(states.Select(entry => entry.Revision).Order(), states.Select(entry => entry.Revision));
            }

            Assert.Equal(
                archive.Values.OrderBy(entry => entry.Seq).Select(entry => (entry.Id, entry.Revision, entry.Status)),
                ticker.Values.OrderBy(entry => entry.Seq).Select(entry => (entry.Id, entry.Revision, entry.Status)));
        }
    }

    private sealed class OpenTickers : IAsyncDisposable
    {
        public List<Reader> DotNet { get; } = [];

        public List<NodeReader> JavaScript { get; } = [];

        public async ValueTask DisposeAsync()
        {
            foreach (var reader in DotNet)
            {
                await reader.DisposeAsync();
            }

            foreach (var reader in JavaScript)
            {
                await reader.DisposeAsync();
            }
        }
    }
}
