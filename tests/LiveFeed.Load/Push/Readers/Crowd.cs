using System.Diagnostics;
using LiveFeed.Load.Push.Wire;

namespace LiveFeed.Load.Push.Readers;

/// <summary>
/// All readers of one server, on the thread that calls: they do what they do while something is awaited, and nothing in between.
/// </summary>
internal sealed class Crowd(Conversation conversation, int port) : IDisposable
{
    private readonly Poller poller = new();
    private readonly List<Reader> readers = [];
    private readonly Ear ear = new(conversation);
    private readonly Arrivals arrivals = new(port);
    private readonly Pings pings = new(conversation);

    /// <summary>Readers that follow the feed, those that have stopped reading among them.</summary>
    public int Here { get; private set; }

    /// <summary>Readers that the server has cut.</summary>
    public int Cut { get; private set; }

    /// <summary>How often a reader was turned away and had to try again.</summary>
    public int Refused { get; private set; }

    /// <summary>The run of items that is under way.</summary>
    public Received Received { get; private set; } = new(0);

    /// <summary>Brings new readers, and returns when all follow the feed.</summary>
    /// <exception cref="TimeoutException">They could not.</exception>
    public void Bring(int count, bool stops = false)
    {
        for (var i = 0; i < count; i++)
        {
            arrivals.Add(readers.Count);
            readers.Add(new Reader(stops));
        }

        Gather();
    }

    /// <summary>Cuts all readers at once, as when a cable or a proxy breaks. They stay away until <see cref="Gather"/>.</summary>
    public void CutAll()
    {
        for (var number = 0; number < readers.Count; number++)
        {
            if (readers[number].Socket >= 0)
            {
                readers[number].Leave();
                arrivals.Add(number);
            }
        }

        Here = 0;
        arrivals.AllAtOnce();
    }

    /// <summary>Returns when every reader follows the feed.</summary>
    /// <exception cref="TimeoutException">They could not.</exception>
    public void Gather()
    {
        if (!Run(() => Here == readers.Count - Cut, TimeSpan.FromSeconds(60)))
        {
            throw new TimeoutException($"{Here} of {readers.Count} readers could follow the feed; {Refused} times one was turned away.");
        }
    }

    /// <summary>From here on the items from <paramref name="first"/> are expected.</summary>
    public Received Expect(long first)
    {
        foreach (var reader in readers)
        {
            reader.Place.StandAt(first - 1);
        }

        return Received = new(first);
    }

    /// <summary>How many items were published in this run and never came to a reader that reads.</summary>
    public long Lost(long published) => (published * readers.Count(reader => !reader.Stops)) - Received.Count;

    /// <summary>Lets the readers live for a while.</summary>
    public void Run(TimeSpan time) => Run(() => false, time);

    /// <summary>Lets the readers live until something is so, or the time is over. Whether it came to be so.</summary>
    public bool Run(Func<bool> until, TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        while (!until())
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
            {
                return false;
            }

            arrivals.Connect(readers, poller);
            pings.Send(readers);
            var count = poller.Wait(arrivals.AreWaiting ? 1 : 10);
            for (var i = 0; i < count; i++)
            {
                var (number, what) = poller.Look(i);
                Attend(readers[number], number, what);
            }
        }

        return true;
    }

    public void Dispose()
    {
        foreach (var reader in readers.Where(reader => reader.Socket >= 0))
        {
            RawSocket.Reset(reader.Socket);
        }

        poller.Dispose();
    }

    private void Attend(Reader reader, int number, Happening what)
    {
        if (reader.Stage == Stage.Away)
        {
            return;
        }

        var before = reader.Stage;
        var fine = before switch
        {
            Stage.Connecting => !what.HasFlag(Happening.Broken) && conversation.Connected(reader),
            Stage.Stopped => false,
            _ => ear.Listen(reader, Hear),
        };
        if (!fine)
        {
            Lose(reader, number, before);
        }
        else if (before == Stage.Connecting)
        {
            poller.Rewatch(reader.Socket, number, Happening.Readable);
        }
        else if (before < Stage.Reading && reader.Stage >= Stage.Reading)
        {
            arrivals.Tried();
            Here++;
            if (reader.Stage == Stage.Stopped)
            {
                poller.Rewatch(reader.Socket, number, Happening.None);
            }
        }
    }

    private void Lose(Reader reader, int number, Stage before)
    {
        reader.Leave();
        if (before >= Stage.Reading)
        {
            Here--;
            Cut++;
            return;
        }

        arrivals.Tried();
        arrivals.AddLater(reader, number);
        Refused++;
    }

    private void Hear(Reader reader, ReadOnlySpan<byte> message, long now)
    {
        if (Mark.Find(message) is { } mark)
        {
            Received.Take(reader, mark, message.Length + 1, now);
        }
    }
}
