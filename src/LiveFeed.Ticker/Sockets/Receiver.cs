using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Ticker.Sockets;

/// <summary>A thread that waits for what comes on its lines, and runs those who read them. They must never block it.</summary>
internal sealed class Receiver : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, Line> lines = [];
    private readonly ConcurrentQueue<(Line Line, long Since)> newcomers = [];
    private readonly Epoll epoll = new();
    private readonly TimeSpan patience;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Thread thread;
    private volatile bool stopping;

    /// <summary>Begins to wait.</summary>
    /// <param name="number">To be known by.</param>
    /// <param name="patience">After this, whoever waits for a newcomer's first words is woken.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">The log.</param>
    public Receiver(int number, TimeSpan patience, TimeProvider clock, ILogger log)
    {
        (this.patience, this.clock, this.log) = (patience, clock, log);
        thread = new Thread(Run) { Name = $"LiveFeed lines {number}", IsBackground = true };
        thread.Start();
    }

    /// <summary>Takes a socket that has just connected.</summary>
    public Line Add(Socket socket)
    {
        var line = new Line(socket, this);
        lines[line.Number] = line;
        newcomers.Enqueue((line, clock.GetTimestamp()));
        epoll.Add(line.Number);
        return line;
    }

    /// <summary>Waits for nothing more on a line.</summary>
    public void Remove(Line line)
    {
        // By now its number may be another's.
        if (lines.TryRemove(new(line.Number, line)))
        {
            epoll.Remove(line.Number);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping = true;
        epoll.Ring();
        thread.Join();
        foreach (var line in lines.Values)
        {
            line.Close(atOnce: true);
        }

        epoll.Dispose();
    }

    private void Run()
    {
        var tell = Tell;
        while (!stopping)
        {
            epoll.Wait(LookEvery, tell);
            while (newcomers.TryPeek(out var first) && clock.GetElapsedTime(first.Since) >= patience && newcomers.TryDequeue(out first))
            {
                first.Line.LosePatience();
            }
        }
    }

    private void Tell(int number, bool hungUp)
    {
        try
        {
            if (lines.TryGetValue(number, out var line))
            {
                line.Heard(hungUp);
            }
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "What came on a line couldn't be handled.");
        }
    }
}
