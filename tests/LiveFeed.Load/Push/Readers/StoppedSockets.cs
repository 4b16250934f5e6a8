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

    private const string Stopped = "6300007F:", Established = "01", Nothing = "00000000";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<string, (string Untaken, long Since)> stuck = [];
    private readonly string server;
    private readonly Timer timer;

    private StoppedSockets(int port)
    {
        server = port.ToString(":X4", CultureInfo.InvariantCulture);
        timer = new Timer(_ => Look(), null, TimeSpan.Zero, LookEvery);
    }

    /// <summary>How many stood when last looked at.</summary>
    public int Standing { get; private set; }

    /// <summary>The longest time that one took nothing and still stood.</summary>
    public TimeSpan LongestStuck { get; private set; }

    /// <summary>Looks at those of the server on this port every half second.</summary>
    public static StoppedSockets Watch(int port) => new(port);

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        lock (stuck)
        {
            var now = Stopwatch.GetTimestamp();
            // Number, local address, remote address, state, untaken:unread …; the numbers are hexadecimal, addresses the wrong way round.
            var standing = File.ReadLines("/proc/net/tcp").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(line => line[1].EndsWith(server, StringComparison.Ordinal) && line[2].StartsWith(Stopped, StringComparison.Ordinal) && line[3] == Established)
                .ToList();
            foreach (var line in standing)
            {
                var (who, untaken) = (line[2], line[4].Split(':')[0]);
                if (!stuck.TryGetValue(who, out var known) || known.Untaken != untaken || untaken == Nothing)
                {
                    stuck[who] = (untaken, now);
                }
                else if (Stopwatch.GetElapsedTime(known.Since, now) is var time && time > LongestStuck)
                {
                    LongestStuck = time;
                }
            }

            Standing = standing.Count;
        }
    }
}
