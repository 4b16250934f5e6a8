using LiveFeed.Archive;
using LiveFeed.Contracts;
using MassTransit;

namespace LiveFeed.FanOut;

/// <summary>
/// The submissions of one queue in the broker's order. Those that wait are carried out together, as one group; while a group is
/// under way the next one gathers. Alone, a submission doesn't wait for company.
/// </summary>
internal sealed class Lane(SubmissionGroup group, TimeProvider clock)
{
    private const int LargestGroup = 64;

    // Every message that the broker has delivered reaches its lane at once. One that doesn't was lost on the way inside this
    // process; the broker will deliver it again, and those behind it must not wait for that.
    private static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly SortedDictionary<ulong, Waiting?> arrived = [];
    private ulong next = 1;
    private bool working;

    /// <summary>Carries a submission out in its turn.</summary>
    /// <exception cref="OperationCanceledException">The host stops; the broker keeps the submission.</exception>
    public Task<Outcome> CarryOutAsync(ulong place, ConsumeContext<SubmitEntry> submission)
    {
        var waiting = new Waiting(submission);
        Arrive(place, waiting);
        return waiting.Outcome.Task;
    }

    /// <summary>Says that nothing more comes from this place.</summary>
    public void Pass(ulong place) => Arrive(place, null);

    private void Arrive(ulong place, Waiting? waiting)
    {
        lock (gate)
        {
            if (place >= next || waiting is not null)
            {
                arrived.TryAdd(place, waiting);
            }

            if (working || arrived.Count == 0)
            {
                return;
            }

            working = true;
        }

        _ = WorkAsync();
    }

    // It never throws: what goes wrong is told to those who wait.
    private async Task WorkAsync()
    {
        while (true)
        {
            var ready = TakeReady(out var gap);
            if (gap)
            {
                await WaitForGapAsync();
            }
            else if (ready.Count == 0)
            {
                return;
            }
            else
            {
                await group.CarryOutAsync(ready);
            }
        }
    }

    /// <summary>Takes all that is next in order. Ends the work when there is nothing.</summary>
    private List<Waiting> TakeReady(out bool gap)
    {
        lock (gate)
        {
            var ready = new List<Waiting>();
            while (ready.Count < LargestGroup && arrived.Count > 0 && arrived.First() is var (place, waiting) && place <= next)
            {
                arrived.Remove(place);
                next = Math.Max(next, place + 1);
                if (waiting is not null)
                {
                    ready.Add(waiting);
                }
            }

            gap = ready.Count == 0 && arrived.Count > 0;
            working = gap || ready.Count > 0;
            return ready;
        }
    }

    private async Task WaitForGapAsync()
    {
        var until = clock.GetUtcNow() + GapPatience;
        while (clock.GetUtcNow() < until)
        {
            lock (gate)
            {
                if (arrived.ContainsKey(next))
                {
                    return;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), clock);
        }

        lock (gate)
        {
            next = arrived.Keys.First();
        }
    }

    /// <summary>A submission that waits for its turn.</summary>
    internal sealed record Waiting(ConsumeContext<SubmitEntry> Context)
    {
        public TaskCompletionSource<Outcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
