namespace LiveFeed.Simulation.Schedules;

/// <summary>
/// The one thread of a schedule. Whatever is ready to go on waits here, and the seed picks which goes on next: so every
/// interleaving of awaits can happen, and happens again with the same seed.
/// </summary>
internal sealed class Scheduler(Random random)
{
    private readonly List<(SendOrPostCallback Work, object? State)> ready = [];

    // Of ten times, how often the newest goes on. Where that is often, something may be overtaken by all else for long.
    private readonly int hasty = random.Next(3) * 4;

    private readonly int thread = Environment.CurrentManagedThreadId;

    /// <summary>True when something went on by itself on another thread: then a seed says nothing any more.</summary>
    public bool HasEscaped { get; private set; }

    /// <summary>How much is ready to go on.</summary>
    public int Ready => ready.Count;

    /// <summary>Lets one of what is ready go on.</summary>
    public void GoOn()
    {
        var index = random.Next(10) < hasty ? ready.Count - 1 : random.Next(ready.Count);
        var (work, state) = ready[index];
        ready.RemoveAt(index);
        Do(() => work(state));
    }

    /// <summary>Does something on the schedule's thread.</summary>
    public void Do(Action step)
    {
        // Each moment is a context of its own: then nothing goes on inside of what woke it, but waits for its turn like all else.
        SynchronizationContext.SetSynchronizationContext(new Moment(this));
        try
        {
            step();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    private sealed class Moment(Scheduler scheduler) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            scheduler.HasEscaped |= Environment.CurrentManagedThreadId != scheduler.thread;
            scheduler.ready.Add((d, state));
        }

        public override void Send(SendOrPostCallback d, object? state) => d(state);
    }
}
