using LiveFeed.Load.Push.Servers;

namespace LiveFeed.Load.Push;

/// <summary>
/// What pushing costs: LiveFeed between a plain loop of send() and stock SignalR. The three take turns in every round, so that
/// whatever else the machine does hits them alike.
/// </summary>
internal static class PushMeasurement
{
    public static async Task<int> RunAsync(PushOptions options)
    {
        var data = Directory.CreateTempSubdirectory("livefeed-push-");
        var trials = new Dictionary<string, Trial>();
        try
        {
            var contenders = new[] { Contender.Floor, Contender.LiveFeed(options.Server, data.FullName), Contender.Stock };
            var notes = new Notes();
            foreach (var situation in Situation.Chosen(options))
            {
                for (var round = 1; round <= options.Rounds; round++)
                {
                    foreach (var contender in contenders)
                    {
                        await Console.Error.WriteLineAsync($"{situation.Title}: round {round}, {contender.Name}");
                        notes.Turn(situation, contender.Name, round);
                        await MeasureAsync(situation, contender, trials, notes, situation.Bytes ?? options.Bytes);
                    }
                }
            }

            Console.WriteLine(notes.Table([.. contenders.Select(contender => contender.Name)]));
            return notes.HasFaults ? 1 : 0;
        }
        finally
        {
            foreach (var trial in trials.Values)
            {
                trial.Dispose();
            }

            data.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(Situation situation, Contender contender, Dictionary<string, Trial> trials, Notes notes, int bytes)
    {
        try
        {
            if (trials.TryGetValue(contender.Name, out var trial) && (trial.Bytes != bytes || (situation.Afresh && trial.IsUsed)))
            {
                trial.Dispose();
                trials.Remove(contender.Name);
            }

            if (!trials.TryGetValue(contender.Name, out trial))
            {
                trials[contender.Name] = trial = await Trial.StartAsync(contender, bytes);
            }

            situation.Measure(trial, notes);
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException or TaskCanceledException or IOException)
        {
            notes.Complain(failure.Message);
        }
    }
}
