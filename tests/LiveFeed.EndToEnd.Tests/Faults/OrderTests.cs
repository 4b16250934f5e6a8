using System.Net.Http.Json;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using MassTransit;

namespace LiveFeed.EndToEnd.Tests.Faults;

/// <summary>What one writer sends in order stands in the log in that order, though the broker delivers parts of it again.</summary>
public sealed class OrderTests(Servers servers)
{
    private const int Fewest = 500;

    [Fact]
    public async Task Items_stand_in_the_order_they_were_sent_though_the_fan_out_is_killed_and_every_connection_is_cut()
    {
        var rabbitMq = await servers.RabbitMqAsync();
        var settings = new Dictionary<string, string>(await servers.MeetingPointAsync(Mode.Distributed)) { ["LiveFeed:AdminKey"] = Newsroom.AdminKey };
        await using var fanOut = await LiveFeedProcess.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "fanout" });
        await using var node = await Node.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "desk,ticker" });
        using var api = Newsroom.Client(node.Address, Newsroom.AdminKey);
        var feed = $"feed-{Guid.NewGuid():N}"[..13];
        (await api.PostAsJsonAsync("/api/feeds", new { slug = feed })).EnsureSuccessStatusCode();
        await using var reader = await Reader.OpenAsync(node.Address, feed);
        await using var wire = await Agency.OpenAsync(settings["ConnectionStrings:RabbitMq"], feed);

        wire.Start();
        await Eventually.TrueAsync("the first fifty stand", () => reader.Position?.Seq >= 50);
        await fanOut.KillAsync();
        await Eventually.TrueAsync("many wait", () => wire.Sent >= reader.Position?.Seq + 100);
        await fanOut.StartAgainAsync();
        var before = wire.Sent;
        await Eventually.TrueAsync("it goes on after the kill", () => reader.Position?.Seq >= before);
        await rabbitMq.ControlAsync("close_all_connections", "--vhost", wire.VirtualHost, "a test cuts them");
        before = wire.Sent;
        await Eventually.TrueAsync("it goes on after the cut", () => reader.Position?.Seq >= before + 20);
        var sent = await wire.FinishAsync(Fewest);

        await Eventually.TrueAsync("all of them are on the air", () => reader.Position?.Seq >= sent.Count);
        Assert.Equal(sent, reader.Seen.Select(entry => entry.Id));
        Assert.Equal(Enumerable.Range(1, sent.Count).Select(seq => (long)seq), reader.Seen.Select(entry => entry.Seq));
    }

    /// <summary>An agency's wire: one item after the other, each sent until the broker has confirmed it.</summary>
    private sealed class Agency(IBusControl bus, ISendEndpoint queue, string virtualHost, string feed) : IAsyncDisposable
    {
        // Longer, and MassTransit may send what nobody waits for any more, after what came later.
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

        private readonly List<Guid> sent = [];
        private Task sending = Task.CompletedTask;
        private volatile int enough = int.MaxValue;
        private volatile int count;

        public int Sent => count;

        public string VirtualHost => virtualHost;

        public static async Task<Agency> OpenAsync(string broker, string feed)
        {
            var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(broker)));
            await bus.StartAsync(TestContext.Current.CancellationToken);
            var queue = await bus.GetSendEndpoint(new Uri("exchange:" + SubmissionQueues.For(feed)));
            return new Agency(bus, queue, new Uri(broker).AbsolutePath[1..], feed);
        }

        public void Start() => sending = Task.Run(SendAsync);

        /// <summary>Ends it, with no fewer than so many; gives the ids in the order they were sent.</summary>
        public async Task<IReadOnlyList<Guid>> FinishAsync(int fewest)
        {
            enough = fewest;
            await sending.WaitAsync(TimeSpan.FromSeconds(60));
            return sent;
        }

        public async ValueTask DisposeAsync()
        {
            // A bus that is still sent to never stops: a test that fails half-way would hang.
            enough = 0;
            await sending;
            await bus.StopAsync(CancellationToken.None);
        }

        private async Task SendAsync()
        {
            // The pace of a busy wire, so that what is killed and cut meets items under way.
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (sent.Count < enough && await pace.WaitForNextTickAsync())
            {
                var item = new SubmitEntry
                {
                    SubmissionId = Guid.NewGuid(),
                    Feed = feed,
                    EntryId = Guid.CreateVersion7(),
                    Action = EntryAction.Publish,
                    Fields = new EntryFields { Headline = $"Item {sent.Count + 1}" },
                    By = "wire",
                };
                while (!await TrySendAsync(item))
                {
                    if (enough == 0)
                    {
                        return;
                    }
                }

                sent.Add(item.EntryId);
                count = sent.Count;
            }
        }

        private async Task<bool> TrySendAsync(SubmitEntry item)
        {
            using var limit = new CancellationTokenSource(Patience);
            try
            {
                // Somebody waits for the answer, as at a desk: what is refused is no reason for the error queue.
                await queue.Send(item, context => context.ResponseAddress = bus.Address, limit.Token);
                return true;
            }
            catch (Exception away) when (away is OperationCanceledException or MassTransitException or RabbitMQ.Client.Exceptions.RabbitMQClientException)
            {
                return false;
            }
        }
    }
}
