using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LiveFeed.Testing;

/// <summary>Keeps what was logged, so that a test can say that nothing went wrong unseen.</summary>
public sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<LogRecord> records = new();

    /// <summary>All of it, in the order it was logged.</summary>
    public IReadOnlyCollection<LogRecord> Records => records;

    /// <summary>Fails when anything was logged as an error or worse.</summary>
    /// <param name="expected">Those that the test brought about itself.</param>
    /// <exception cref="InvalidOperationException">Something was; the message holds it.</exception>
    public void AssertNoErrors(Func<LogRecord, bool>? expected = null)
    {
        var errors = records.Where(record => record.Level >= LogLevel.Error && expected?.Invoke(record) != true).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidOperationException($"Logged as errors ({errors.Count}):\n{string.Join('\n', errors)}");
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Recorder(records, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing to let go of: what was recorded may still be read.
    }

    private sealed class Recorder(ConcurrentQueue<LogRecord> records, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            records.Enqueue(new LogRecord(logLevel, category, formatter(state, exception), exception));
    }
}

/// <summary>One thing that was logged.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Category">Who logged it.</param>
/// <param name="Message">The text.</param>
/// <param name="Exception">What was thrown, if anything.</param>
public sealed record LogRecord(LogLevel Level, string Category, string Message, Exception? Exception)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Level} {Category}: {Message}{(Exception is null ? "" : $"\n{Exception}")}";
}
