using System.Diagnostics;

namespace LiveFeed.Testing;

/// <summary>Waiting on a condition, by the real clock. Tests wait here and nowhere else.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until <paramref name="condition"/> is true. While it throws, it isn't true yet.</summary>
    /// <param name="sentence">What is waited for, in words: the failure says it.</param>
    /// <param name="condition">Asked again and again; its token is cancelled when time is up.</param>
    /// <param name="within">How long to wait; 30 seconds unless said.</param>
    /// <exception cref="TimeoutException">It did not come true; the inner exception is the last that the condition threw.</exception>
    public static async Task TrueAsync(string sentence, Func<CancellationToken, Task<bool>> condition, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var patience = within ?? Patience;
        var since = Stopwatch.StartNew();
        Exception? last = null;
        while (since.Elapsed < patience)
        {
            using var end = new CancellationTokenSource(patience - since.Elapsed is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            try
            {
                if (await condition(end.Token).WaitAsync(end.Token))
                {
                    return;
                }

                last = null;
            }
            catch (Exception failure)
            {
                last = failure;
            }

            await Task.Delay(Interval, CancellationToken.None);
        }

        throw new TimeoutException($"Waited {patience.TotalSeconds:0.#} s in vain until this was so: {sentence}. {last?.Message}".TrimEnd(), last);
    }

    /// <inheritdoc cref="TrueAsync(string, Func{CancellationToken, Task{bool}}, TimeSpan?)"/>
    public static Task TrueAsync(string sentence, Func<bool> condition, TimeSpan? within = null) =>
        TrueAsync(sentence, _ => Task.FromResult(condition()), within);

    /// <summary>Waits until <paramref name="read"/> gives something that is <paramref name="right"/>, and returns it.</summary>
    /// <exception cref="TimeoutException">It did not; the message says what was read last.</exception>
    public static async Task<T> ReadsAsync<T>(string sentence, Func<CancellationToken, Task<T>> read, Func<T, bool> right, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(right);
        T? last = default;
        try
        {
            await TrueAsync(sentence, async cancellation => right(last = await read(cancellation)), within);
            return last!;
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"{failure.Message} Read last: {last?.ToString() ?? "nothing"}", failure.InnerException);
        }
    }
}
