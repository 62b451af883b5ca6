using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit.Sdk;

namespace Delegation.TestKit;

/// <summary>
/// Collects the log of a host under test: <c>builder.Logging.AddProvider(watch)</c>. A test that passes while its host logs
/// an error has missed something, so <see cref="AssertNoErrors"/> fails on every error that was not expected.
/// </summary>
public sealed class LogWatch : ILoggerProvider
{
    private const int EntriesBefore = 40;

    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly ConcurrentBag<Func<LogEntry, bool>> _expected = [];
    private int _looked;

    /// <summary>All entries so far, in order.</summary>
    public IReadOnlyCollection<LogEntry> Entries => _entries;

    /// <summary>Forgets all entries so far, where what comes next is what a test is about.</summary>
    public void Clear()
    {
        _entries.Clear();
        _looked = 0;
    }

    /// <summary>Declares errors that belong to the test.</summary>
    /// <param name="expected">True for an entry that is no surprise.</param>
    public LogWatch Expect(Func<LogEntry, bool> expected)
    {
        _expected.Add(expected);
        return this;
    }

    /// <summary>
    /// Fails if there is an entry of level Error or Critical that no expectation covers, among those since the last time: tests share a host, and
    /// what went wrong in one is no failure of the next.
    /// </summary>
    /// <exception cref="XunitException">There is one; the message has all of them, and what was logged before the first.</exception>
    public void AssertNoErrors()
    {
        var entries = _entries.Skip(_looked).ToArray();
        _looked += entries.Length;
        var first = Array.FindIndex(entries, IsSurprise);
        if (first < 0)
            return;

        throw new XunitException(
            $"""
            Unexpected errors in the log:
            {string.Join('\n', entries.Skip(first).Where(IsSurprise))}
            Before them:
            {string.Join('\n', entries.Take(first).TakeLast(EntriesBefore))}
            """);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    private bool IsSurprise(LogEntry entry) => entry.Level >= LogLevel.Error && !_expected.Any(expected => expected(entry));

    /// <inheritdoc/>
    public void Dispose()
    {
        // The entries are read after the host has been disposed.
    }

    private sealed class Logger(string category, ConcurrentQueue<LogEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new LogEntry(category, logLevel, eventId, formatter(state, exception), exception));
    }
}

/// <summary>One entry of a log.</summary>
/// <param name="Category">The logger's name.</param>
/// <param name="Level">Its severity.</param>
/// <param name="EventId">Number and name of the message.</param>
/// <param name="Message">The message with its values.</param>
/// <param name="Exception">The exception logged with it.</param>
public sealed record LogEntry(string Category, LogLevel Level, EventId EventId, string Message, Exception? Exception)
{
    /// <summary>One line, and the exception below it.</summary>
    public override string ToString() =>
        $"{Level} {Category}[{EventId.Id} {EventId.Name}]: {Message}{(Exception is null ? "" : $"\n{Exception}")}";
}
