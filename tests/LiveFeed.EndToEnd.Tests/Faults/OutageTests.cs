using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using StackExchange.Redis;

namespace LiveFeed.EndToEnd.Tests.Faults;

/// <summary>Parts are killed in the middle of publishing. Nothing that was promised is lost, doubled, reordered or resurrected.</summary>
public sealed class OutageTests(Servers servers, ITestOutputHelper output)
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
        using var story = await Story.BeginAsync(desk.Address, [left.Address, right.Address], output);
        await using var readers = await story.ReadAsync();
        await using var archive = new NpgsqlConnection(settings["ConnectionStrings:Archive"]);
        await using var cache = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);

        story.Desk.Start(count: 3);
        await story.Desk.GoesOnAsync("the start");

        await fanOut.KillAsync();
        await fanOut.StartAgainAsync();
        await story.Desk.GoesOnAsync("the fan-out was killed");

        await redis.KillAsync();
        await story.Desk.GoesOnAsync("Redis was killed");
        await redis.StartAgainAsync();
        await story.Desk.GoesOnAsync("Redis came back empty");
        await cache.GetServers()[0].FlushAllDatabasesAsync();
        await story.Desk.GoesOnAsync("Redis was flushed");

        await rabbitMq.KillAsync();
        story.Desk.Tell("RabbitMQ is killed");
        await SaysAsync(HttpStatusCode.ServiceUnavailable, desk.Address, left.Address);
        await rabbitMq.StartAgainAsync();
        story.Desk.Tell("RabbitMQ answers again");
        await story.Desk.GoesOnAsync("RabbitMQ was killed");

        var waited = Waits(await fanOut.LogAsync());
        await postgres.KillAsync();
        story.Desk.Tell("PostgreSQL is killed");
        await SaysAsync(HttpStatusCode.ServiceUnavailable, desk.Address, left.Address);
        // It waits for the archive with submissions in its hands, and is asked to end: they go back to their queues.
        await Eventually.ReadsAsync("the fan-out waits", _ => fanOut.LogAsync(), log => Waits(log) is { } now && now != waited);
        story.Desk.Tell("the fan-out waits for the archive");
        await fanOut.StopAsync();
        story.Desk.Tell("the fan-out has stopped in order");
        await postgres.StartAgainAsync();
        story.Desk.Tell("PostgreSQL answers again");
        await fanOut.StartAgainAsync();
        await story.Desk.GoesOnAsync("PostgreSQL was killed");
        await story.Desk.FinishAsync();

        await story.HoldsAsync(readers, archive);
        await SaysAsync(HttpStatusCode.OK, desk.Address, fanOut.Address, left.Address, right.Address);
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
        using var story = await Story.BeginAsync(server.Address, [server.Address], output);
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
        await using var archive = new SqliteConnection($"Data Source={Path.Combine(settings["LiveFeed:DataDirectory"], "archive.db")};Pooling=False");
        await story.HoldsAsync(readers, archive);
    }

    [Fact]
    public async Task A_desk_and_a_ticker_that_are_killed_cost_nobody_an_item()
    {
        var settings = new Dictionary<string, string>(await servers.MeetingPointAsync(Mode.Distributed)) { ["LiveFeed:AdminKey"] = Newsroom.AdminKey };
        await using var desk = await LiveFeedProcess.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "desk" });
        await using var left = await LiveFeedProcess.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "ticker" });
        await using var right = await Node.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "fanout,ticker" });
        using var story = await Story.BeginAsync(desk.Address, [left.Address, right.Address], output);
        await using var readers = await story.ReadAsync();

        story.Desk.Start(count: 3);
        await story.Desk.GoesOnAsync("the start");

        await desk.KillAsync();
        await desk.StartAgainAsync();
        await story.Desk.GoesOnAsync("the desk was killed");

        await left.KillAsync();
        await readers.MoveAsync(left.Address, right.Address);
        await story.Desk.GoesOnAsync("a ticker was killed");
        await readers.CatchUpAsync(left.Address);
        await left.StartAgainAsync();
        await readers.MoveAsync(left.Address, left.Address);
        await story.Desk.GoesOnAsync("its readers came back");
        await story.Desk.FinishAsync();

        await using var archive = new NpgsqlConnection(settings["ConnectionStrings:Archive"]);
        await story.HoldsAsync(readers, archive);
        right.Log.AssertNoErrors();
    }

    // The newest line that says so, with its time: it has waited for RabbitMQ before.
    private static string? Waits(string log) => log.Split('\n').LastOrDefault(line => line.Contains("wait for it", StringComparison.Ordinal));

    private static async Task SaysAsync(HttpStatusCode ready, params Uri[] nodes)
    {
        foreach (var node in nodes)
        {
            using var client = Newsroom.Client(node);
            await Eventually.ReadsAsync(
                $"{node} answers {ready} at /health/ready",
                async cancellation => (await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation)).StatusCode,
                status => status == ready);
        }
    }

    /// <summary>A feed that is written to, and what has to hold of it in the end.</summary>
    private sealed class Story : IDisposable
    {
        private readonly HttpClient http;
        private readonly string feed;
        private readonly IReadOnlyList<Uri> tickers;

        private Story(HttpClient http, string feed, IReadOnlyList<Uri> tickers, ITestOutputHelper output)
        {
            this.http = http;
            this.feed = feed;
            this.tickers = tickers;
            Desk = new SteadyDesk(http, feed, output);
        }

        public SteadyDesk Desk { get; }

        public static async Task<Story> BeginAsync(Uri desk, IReadOnlyList<Uri> tickers, ITestOutputHelper output)
        {
            var http = Newsroom.Client(desk, Newsroom.AdminKey);
            var feed = $"feed-{Guid.NewGuid():N}"[..13];
            using var created = await http.PostAsJsonAsync("/api/feeds", new { slug = feed });
            created.EnsureSuccessStatusCode();
            return new Story(http, feed, tickers, output);
        }

        /// <summary>A reader on each official client at each ticker.</summary>
        public async Task<OpenTickers> ReadAsync()
        {
            var open = new OpenTickers();
            foreach (var ticker in tickers)
            {
                // Each official client through each door, at one ticker or the other.
                var (dotNet, javaScript) = open.Count % 2 == 0 ? (Door.Plain, Door.Negotiated) : (Door.Negotiated, Door.Plain);
                open.Add(ticker, await Reader.OpenAsync(ticker, feed, door: dotNet), await NodeReader.OpenAsync(ticker, feed, javaScript));
            }

            return open;
        }

        public async Task HoldsAsync(OpenTickers readers, DbConnection archive)
        {
            Assert.Empty(Desk.Broken);
            await archive.OpenAsync();
            var log = await Eventually.ReadsAsync(
                "all that was promised stands in the archive", _ => LogAsync(archive),
                log => Desk.Promised.IsSubsetOf(log.Select(change => (change.Entry, change.Action))), TimeSpan.FromSeconds(60));
            Assert.Equal(Enumerable.Range(1, log.Count).Select(seq => (long)seq), log.Select(change => change.Seq));
            Assert.Equal(log.Count, log.DistinctBy(change => (change.Entry, change.Action)).Count());
            Assert.All(log.GroupBy(change => change.Entry), entry => Assert.Equal(Enumerable.Range(1, entry.Count()), entry.Select(change => change.Revision)));

            var newest = log.GroupBy(change => change.Entry)
                .Select(entry => entry.Last())
                .OrderBy(change => change.Seq)
                .Select(change => (change.Entry, change.Seq, change.Revision, change.Action is EntryAction.Retract))
                .ToList();
            var lists = new List<IReadOnlyList<Entry>>();
            foreach (var ticker in tickers)
            {
                lists.Add(await Eventually.ReadsAsync(
                    $"{ticker} lists what stands in the archive", _ => ListAsync(ticker), list => States(list).SequenceEqual(newest), TimeSpan.FromSeconds(60)));
            }

            // To the letter, and in readers' order.
            Assert.All(lists, list => Assert.Equal(lists[0].Select(Text), list.Select(Text)));
            var texts = lists[0].Select(Text).Order().ToList();
            foreach (var reader in readers.DotNet)
            {
                await Eventually.TrueAsync("the .NET reader has seen everything", () => reader.Position?.Seq >= log.Count, TimeSpan.FromSeconds(60));
                Agrees(texts, reader.Seen, reader.Ticker);
            }

            foreach (var reader in readers.JavaScript)
            {
                await Eventually.TrueAsync("the JavaScript reader has seen everything", () => reader.Position?.Seq >= log.Count, TimeSpan.FromSeconds(60));
                Agrees(texts, reader.Seen, reader.Ticker.Values);
            }
        }

        public void Dispose() => http.Dispose();

        private async Task<List<Change>> LogAsync(DbConnection archive)
        {
            await using var command = archive.CreateCommand();
            command.CommandText = "SELECT seq, entry_id, revision, action FROM revisions WHERE feed = @feed ORDER BY seq";
            var slug = command.CreateParameter();
            (slug.ParameterName, slug.Value) = ("feed", feed);
            command.Parameters.Add(slug);
            await using var rows = await command.ExecuteReaderAsync();
            var log = new List<Change>();
            while (await rows.ReadAsync())
            {
                log.Add(new Change(
                    rows.GetInt64(0), Guid.Parse(rows.GetString(1)), rows.GetInt32(2), Enum.Parse<EntryAction>(rows.GetString(3), ignoreCase: true)));
            }

            return log;
        }

        private async Task<IReadOnlyList<Entry>> ListAsync(Uri ticker)
        {
            using var client = Newsroom.Client(ticker);
            var all = new List<Entry>();
            string? next = null;
            do
            {
                var page = await Newsroom.ReadAsync<EntryPage>(await client.GetAsync(
                    new Uri($"/api/feeds/{feed}/entries?limit=100{(next is null ? "" : $"&before={next}")}", UriKind.Relative)));
                all.AddRange(page.Entries);
                next = page.Next;
            }
            while (next is not null);
            Assert.Equal(all.Count, all.DistinctBy(entry => entry.Id).Count());
            return all;
        }

        private static IEnumerable<(Guid Entry, long Seq, int Revision, bool Retracted)> States(IEnumerable<Entry> entries) =>
            entries.Select(entry => (entry.Id, entry.Seq, entry.Revision, entry.Status is EntryStatus.Retracted)).OrderBy(state => state.Seq);

        private static string Text(Entry entry) => JsonSerializer.Serialize(entry, Wire.Json);

        private static void Agrees(List<string> list, IReadOnlyList<Entry> seen, IEnumerable<Entry> ticker)
        {
            Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.Seq < pair.Second.Seq), "A change was shown twice, or after a later one.");
            Assert.All(seen.Where(entry => entry.Status is EntryStatus.Retracted), entry => Assert.Null(entry.Html ?? entry.Headline ?? entry.Body));
            foreach (var states in seen.GroupBy(entry => entry.Id))
            {
                Assert.Equal(states.Select(entry => entry.Revision).Distinct().Order(), states.Select(entry => entry.Revision));
                Assert.All(states.SkipLast(1), entry => Assert.NotEqual(EntryStatus.Retracted, entry.Status));
            }

            Assert.Equal(list, ticker.Select(Text).Order());
        }

        private sealed record Change(long Seq, Guid Entry, int Revision, EntryAction Action);
    }

    private sealed class OpenTickers : IAsyncDisposable
    {
        private readonly List<(Uri Ticker, Reader DotNet, NodeReader JavaScript)> open = [];

        public IEnumerable<Reader> DotNet => open.Select(readers => readers.DotNet);

        public IEnumerable<NodeReader> JavaScript => open.Select(readers => readers.JavaScript);

        public int Count => open.Count;

        public void Add(Uri ticker, Reader dotNet, NodeReader javaScript) => open.Add((ticker, dotNet, javaScript));

        /// <summary>Has the readers that were opened at one node go on at another.</summary>
        public async Task MoveAsync(Uri opened, Uri to)
        {
            foreach (var readers in open.Where(readers => readers.Ticker == opened))
            {
                await readers.DotNet.MoveAsync(to);
                await readers.JavaScript.MoveAsync(to);
            }
        }

        /// <summary>Waits until the readers that were opened at one node have seen all that the others have by now.</summary>
        public async Task CatchUpAsync(Uri opened)
        {
            var seen = open.Where(readers => readers.Ticker != opened).Max(readers => readers.DotNet.Position?.Seq);
            foreach (var readers in open.Where(readers => readers.Ticker == opened))
            {
                await Eventually.TrueAsync("the .NET reader goes on elsewhere", () => readers.DotNet.Position?.Seq >= seen);
                await Eventually.TrueAsync("the JavaScript reader goes on elsewhere", () => readers.JavaScript.Position?.Seq >= seen);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var readers in open)
            {
                await readers.DotNet.DisposeAsync();
                await readers.JavaScript.DisposeAsync();
            }
        }
    }
}
