using System.Net;
using System.Net.Http.Json;
using System.Text;
using LiveFeed.Contracts;
using LiveFeed.EndToEnd.Tests.Newsrooms;
using LiveFeed.EndToEnd.Tests.Readers;
using LiveFeed.Testing;
using MassTransit;
using RabbitMQ.Client;

namespace LiveFeed.EndToEnd.Tests.Faults;

/// <summary>What arrives on the broker from elsewhere, and what was sent before anybody took it.</summary>
public sealed class BrokerTests(Servers servers)
{
    [Fact]
    public async Task What_the_desk_took_before_any_fan_out_ever_ran_goes_on_the_air_when_one_starts()
    {
        var settings = new Dictionary<string, string>(await servers.MeetingPointAsync(Mode.Distributed)) { ["LiveFeed:AdminKey"] = Newsroom.AdminKey };
        await using var desk = await Node.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "desk" });
        using var api = Newsroom.Client(desk.Address, Newsroom.AdminKey);
        await ReadyAsync(desk);
        var feed = $"feed-{Guid.NewGuid():N}"[..13];
        Assert.Equal(HttpStatusCode.Created, (await api.PostAsJsonAsync("/api/feeds", new { slug = feed })).StatusCode);

        var taken = await Eventually.ReadsAsync(
            "the desk has declared the queues",
            cancellation => api.PostAsJsonAsync($"/api/feeds/{feed}/entries", new { headline = "Early bird" }, cancellation),
            answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.StartsWith($"/api/feeds/{feed}/entries/", taken.Headers.Location?.ToString(), StringComparison.Ordinal);

        await using var others = await Node.StartAsync(new Dictionary<string, string>(settings) { ["LiveFeed:Roles"] = "fanout,ticker" });
        await using var reader = await Reader.OpenAsync(others.Address, feed);
        await Eventually.TrueAsync("the early item is on the air", () => reader.Ticker.Any(entry => entry.Headline == "Early bird"));
        desk.Log.AssertNoErrors();
        others.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Any_system_that_speaks_MassTransit_may_publish_and_is_answered()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        var reader = await newsroom.FollowAsync();
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(newsroom.Settings["ConnectionStrings:RabbitMq"])));
        await bus.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            var client = bus.CreateRequestClient<SubmitEntry>();
            var answer = await client.GetResponse<EntryAccepted, EntryRejected>(Submission(newsroom.Feed, "From the agency"));
            Assert.True(answer.Is<EntryAccepted>(out var accepted));
            await reader.SeesAsync(accepted!.Message.Entry);
            Assert.Equal("From the agency", Assert.Single(reader.Ticker).Headline);

            answer = await client.GetResponse<EntryAccepted, EntryRejected>(Submission("no-such-feed", "To nowhere"));
            Assert.True(answer.Is<EntryRejected>(out var rejected));
            Assert.Equal(RejectionReason.UnknownFeed, rejected!.Message.Reason);
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_cannot_be_carried_out_waits_in_the_error_queue_and_the_next_goes_on()
    {
        await using var newsroom = await Newsroom.OpenAsync(servers, Mode.Distributed);
        newsroom.ExpectErrors(record => record.Category.StartsWith("MassTransit", StringComparison.Ordinal));
        var broker = new Uri(newsroom.Settings["ConnectionStrings:RabbitMq"]);
        var reader = await newsroom.FollowAsync();
        var late = $"feed-{Guid.NewGuid():N}"[..13];

        await PublishRawAsync(broker, "not even JSON");
        await PublishRawAsync(broker, """{"messageType":["urn:message:LiveFeed.Contracts:SubmitEntry"],"message":{"feed":"x"}}""");
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(broker));
        await bus.StartAsync(TestContext.Current.CancellationToken);
        await bus.Publish(Submission(late, "Too early for its feed"));
        await bus.Publish(Submission(newsroom.Feed, "The next one"));
        await bus.StopAsync(CancellationToken.None);

        await Eventually.TrueAsync("the next one is on the air", () => reader.Ticker.Any(entry => entry.Headline == "The next one"));
        var listed = await Eventually.ReadsAsync("three wait in the error queue", _ => RunAsync(broker, "list"), output => output.Split('\n').Length == 3);
        Assert.Contains("publish", listed, StringComparison.Ordinal);
        Assert.Contains($"There is no feed named '{late}'", listed, StringComparison.Ordinal);

        (await newsroom.Desk.PostAsJsonAsync("/api/feeds", new { slug = late })).EnsureSuccessStatusCode();
        Assert.Equal("3 put back.", await RunAsync(broker, "replay"));
        var page = await Eventually.ReadsAsync(
            "the early one is on the air",
            async cancellation => await Newsroom.ReadAsync<EntryPage>(await newsroom.Ticker.GetAsync(new Uri($"/api/feeds/{late}/entries", UriKind.Relative), cancellation)),
            page => page.Entries.Count > 0);
        Assert.Equal("Too early for its feed", Assert.Single(page.Entries).Headline);
        await Eventually.ReadsAsync("the two that can't be read are back in the error queue", _ => RunAsync(broker, "list"), output => output.Split('\n').Length == 2);
    }

    private static SubmitEntry Submission(string feed, string headline) => new()
    {
        SubmissionId = Guid.NewGuid(),
        Feed = feed,
        EntryId = Guid.CreateVersion7(),
        Action = EntryAction.Publish,
        Fields = new EntryFields { Headline = headline },
        By = "another system",
    };

    private static async Task PublishRawAsync(Uri broker, string body)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync(
            "LiveFeed.Contracts:SubmitEntry", "", mandatory: true,
            new BasicProperties { ContentType = "application/vnd.masstransit+json", DeliveryMode = DeliveryModes.Persistent }, Encoding.UTF8.GetBytes(body));
    }

    // As an operator does it, in a process of its own: the settings come from its environment.
    private static async Task<string> RunAsync(Uri broker, string command)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "errors", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__RabbitMq"] = broker.ToString() },
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
        return (await output).Trim();
    }

    private static async Task ReadyAsync(Node node)
    {
        using var client = Newsroom.Client(node.Address);
        await Eventually.ReadsAsync(
            $"{node.Address} is ready", async cancellation => (await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation)).StatusCode,
            status => status == HttpStatusCode.OK);
    }
}
