namespace LiveFeed.Simulation.Schedules;

/// <summary>Time that goes on only when the schedule says so.</summary>
internal sealed class Clock : TimeProvider
{
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(56);

    public override DateTimeOffset GetUtcNow() => now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Does something later.</summary>
    public void Later(TimeSpan wait, Action action) => CreateTimer(_ => action(), null, wait, Timeout.InfiniteTimeSpan);

    /// <summary>Time passes, and what is due is done in its order.</summary>
    public void Pass(TimeSpan time)
    {
        var until = now + time;
        while (timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due) is { } next)
        {
            now = next.Due > now ? next.Due : now;
            next.Ring();
        }

        now = until;
    }

    private sealed class Timer(Clock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.timers.Remove(this);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Due = clock.now + dueTime;
                clock.timers.Add(this);
            }

            return true;
        }

        public void Ring()
        {
            clock.timers.Remove(this);
            callback(state);
        }

        public void Dispose() => clock.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
