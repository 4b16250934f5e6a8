using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace LiveFeed.Load.Push.Readers;

/// <summary>
/// The server's ends of the connections whose readers have stopped, as the kernel lists them. A reader that doesn't read is never
/// told that it was cut: the word stands behind what it didn't take.
/// </summary>
internal sealed class StoppedSockets : IDisposable
{
    /// <summary>Where readers that will stop connect from.</summary>
    public static IPAddress Address { get; } = new([127, 0, 0, 99]);

    private const string Stopped = "6300007F:", Established = "01";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<string, (long Untaken, long Since)> stuck = [];
    private readonly string server;
    private readonly Timer timer;

    private StoppedSockets(int port)
    {
        server = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        timer = new Timer(_ => Look(), null, TimeSpan.Zero, LookEvery);
    }

    /// <summary>How many stood when last looked at.</summary>
    public int Standing { get; private set; }

    /// <summary>The longest time that one took nothing and still stood.</summary>
    public TimeSpan LongestStuck { get; private set; }

    /// <summary>Looks at those of the server on this port every half second.</summary>
    public static StoppedSockets Watch(int port) => new(port);

    /// <summary>The most bytes that the kernel held for all of them, also for those that the server had given up.</summary>
    public long MostHeld { get; private set; }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        lock (stuck)
        {
            var now = Stopwatch.GetTimestamp();
            var ends = File.ReadLines("/proc/net/tcp").Skip(1).Select(End.Read).Where(end => end.Here.EndsWith(server, StringComparison.Ordinal)
                && end.There.StartsWith(Stopped, StringComparison.Ordinal)).ToList();
            var standing = ends.Where(end => end.State == Established).ToList();
            foreach (var end in standing)
            {
                if (!stuck.TryGetValue(end.There, out var known) || known.Untaken != end.Untaken || end.Untaken == 0)
                {
                    stuck[end.There] = (end.Untaken, now);
                }
                else if (Stopwatch.GetElapsedTime(known.Since, now) is var time && time > LongestStuck)
                {
                    LongestStuck = time;
                }
            }

            Standing = standing.Count;
            MostHeld = Math.Max(MostHeld, ends.Sum(end => end.Untaken));
        }
    }

    private sealed record End(string Here, string There, string State, long Untaken)
    {
        // Number, local address, remote address, state, untaken:unread …; the numbers are hexadecimal, addresses the wrong way round.
        public static End Read(string line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new(words[1], words[2], words[3], long.Parse(words[4].Split(':')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
    }
}
