using System.Diagnostics;
using LiveFeed.Load.Push.Readers;
using LiveFeed.Load.Push.Servers;

namespace LiveFeed.Load.Push;

/// <summary>A server that runs and is warm, with a feed that nobody follows yet.</summary>
internal sealed class Trial : IDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1), ShortSettle = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private string feed = "";
    private Publisher publisher;

    private Trial(RunningServer server, int bytes)
    {
        Server = server;
        Bytes = bytes;
        publisher = new(server, feed);
    }

    public RunningServer Server { get; }

    /// <summary>How long a message is when it reaches a reader.</summary>
    public int Bytes { get; }

    /// <summary>Whether anything was measured on it yet.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Starts a server and warms it up.</summary>
    /// <param name="contender">Which.</param>
    /// <param name="bytes">How long a message is when it reaches a reader.</param>
    public static async Task<Trial> StartAsync(Contender contender, int bytes)
    {
        var trial = new Trial(await RunningServer.StartAsync(contender), bytes);
        await trial.WarmUpAsync();
        return trial;
    }

    /// <summary>Readers to come.</summary>
    public (Crowd Crowd, Conversation Conversation) Invite()
    {
        IsUsed = true;
        var conversation = new Conversation(Server.Contender, Server.Port, feed);
        return (new Crowd(conversation, Server.Port), conversation);
    }

    /// <summary>Publishes to readers who are there, and takes the measure of it.</summary>
    public Delivery Deliver(Crowd crowd, int items, double perSecond) => Deliver(crowd, items, perSecond, Settle);

    public void Dispose() => Server.Dispose();

    private Delivery Deliver(Crowd crowd, int items, double perSecond, TimeSpan settle)
    {
        crowd.Run(settle);
        var received = crowd.Expect(publisher.Next);
        var (cpu, busy, own) = (Server.Cpu, Machine.Busy, Machine.Own);
        var begun = Stopwatch.GetTimestamp();
        var publishing = Task.Run(() => publisher.PublishAsync(items, perSecond));
        crowd.Run(() => publishing.IsCompleted && (crowd.Lost(items) <= 0 || publishing.IsFaulted || IsQuiet(begun, received)), TimeSpan.FromMinutes(2));
        var (spent, others) = (Server.Cpu - cpu, Machine.Busy - busy - (Server.Cpu - cpu) - (Machine.Own - own));
        publishing.GetAwaiter().GetResult();
        return new Delivery(received, crowd.Lost(items), crowd.Cut, spent, Stopwatch.GetElapsedTime(begun, received.LastAt), others / Stopwatch.GetElapsedTime(begun));
    }

    private static bool IsQuiet(long begun, Received received) => Stopwatch.GetElapsedTime(Math.Max(begun, received.LastAt)) > Quiet;

    // .NET compiles several times, later what turned out to matter, in the background. Unwarmed, the compiler is measured.
    private async Task WarmUpAsync()
    {
        feed = await Server.CreateFeedAsync();
        publisher = new(Server, feed) { Length = Bytes };
        using (var crowd = Invite().Crowd)
        {
            crowd.Bring(200);
            publisher.Length -= Deliver(crowd, 1, 0, ShortSettle).Bytes - Bytes;
            for (var round = 0; round < 5; round++)
            {
                Deliver(crowd, 100, 0, ShortSettle);
                Deliver(crowd, 20, 50, ShortSettle);
                crowd.CutAll();
                crowd.Gather();
                await Server.AwaitRestAsync();
            }
        }

        // Readers who come to the feed that is measured are told nothing of the warming up.
        feed = await Server.CreateFeedAsync();
        publisher = new(Server, feed) { Length = publisher.Length };
        IsUsed = false;
    }
}
