using System.Data.Common;
using LiveFeed.Contracts;
using LiveFeed.FanOut;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveFeed.Simulation.Newsroom;

/// <summary>
/// The fan-out: appends, remembers in the cache, announces; one group after the other. It may die between any two of these, and
/// the group is then carried out again, some time, while what the dead one had begun may still come about.
/// </summary>
internal sealed class SimulatedFanOut(SimulatedArchive archive, SimulatedCache cache, Action<EntryChanged> announce, Action<Exception> broke)
{
    private readonly RecentChanges recent = new(archive, NullLogger<RecentChanges>.Instance, cache);
    private int lives;

    /// <summary>What is on the durable queue.</summary>
    public List<Submission> Queue { get; } = [];

    /// <summary>True while a group is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Takes the next submissions up.</summary>
    public void TakeUp(int count)
    {
        var group = Queue.Take(count).ToList();
        IsBusy = true;
        _ = CarryOutAsync(group, lives);
    }

    /// <summary>The process dies; another one takes over.</summary>
    public void Die()
    {
        lives++;
        IsBusy = false;
    }

    private async Task CarryOutAsync(List<Submission> group, int life)
    {
        try
        {
            var changes = new List<EntryChanged>();
            foreach (var submission in group)
            {
                if (await archive.AppendAsync(submission) is { } change)
                {
                    changes.Add(change);
                }

                if (life != lives)
                {
                    return;
                }
            }

            await recent.RememberAsync(changes);
            if (life != lives)
            {
                return;
            }

            changes.ForEach(announce);
            await Task.Yield();
            if (life == lives)
            {
                // Taken off the queue last of all: who dies before that leaves them to be carried out once more.
                Queue.RemoveAll(group.Contains);
                IsBusy = false;
            }
        }
        catch (DbException)
        {
            IsBusy = IsBusy && life != lives;
        }
        catch (Exception failure)
        {
            broke(failure);
        }
    }
}
