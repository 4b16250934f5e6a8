namespace LiveFeed.Ticker.Push;

/// <summary>
/// What one reader is still to be told: answers to its calls, and beyond them only the places where it stands. It has no socket
/// and no lock; who uses it holds the reader's.
/// </summary>
internal sealed class Backlog
{
    // A reader that calls on and on and takes no answer is cut.
    private const int MostAnswers = 16;

    private readonly Queue<byte[]> answers = new(1);
    private Following[] followings = [];
    private int turn;

    /// <summary>True when the reader lets its answers lie.</summary>
    public bool IsFull => answers.Count >= MostAnswers;

    /// <summary>True while answers wait for the line.</summary>
    public bool HasAnswers => answers.Count > 0;

    /// <summary>How many feeds are followed.</summary>
    public int Count => followings.Length;

    /// <summary>The feeds that are followed.</summary>
    public IReadOnlyList<Following> Followings => followings;

    /// <summary>Adds a frame to be sent before anything else.</summary>
    public void Add(byte[] answer) => answers.Enqueue(answer);

    /// <summary>The following of a feed, if there is one.</summary>
    public Following? Of(string feed) => Array.Find(followings, following => following.Ring.Feed.Slug == feed);

    /// <summary>Follows a feed; what was added before is told first.</summary>
    public void Start(Following following) => followings = [.. followings, following];

    /// <summary>Follows it no longer.</summary>
    public void Stop(Following following) => followings = Array.FindAll(followings, other => other != following);

    /// <summary>The next frame to be sent; null when there is nothing to tell.</summary>
    public byte[]? TakeNext(out int changes)
    {
        changes = 0;
        if (answers.TryDequeue(out var answer))
        {
            return answer;
        }

        // In turn, so that one busy feed leaves room for the others.
        for (var i = 0; i < followings.Length; i++)
        {
            turn = turn + 1 < followings.Length ? turn + 1 : 0;
            if (followings[turn].TakeNext(out changes) is { } frame)
            {
                return frame;
            }
        }

        return null;
    }
}
