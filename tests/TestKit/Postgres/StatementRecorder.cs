using System.Collections.Concurrent;
using System.Diagnostics;

namespace Delegation.TestKit;

/// <summary>
/// Records the statements that this process sends while it exists, as Npgsql traces them: to assert how many a call needs, or
/// what none may contain. Tests run beside each other, so a reader asks for those of its own database.
/// </summary>
public sealed class StatementRecorder : IDisposable
{
    private readonly ConcurrentQueue<(string Database, string Trace, string Sql)> _statements = [];
    private readonly ActivityListener _listener;

    /// <summary>Starts to record.</summary>
    public StatementRecorder()
    {
        _listener = new ActivityListener
        {
            // That of the requests too, so that statements are part of the trace that the caller began.
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Opening a connection is traced too, and has no text.
                if (activity.GetTagItem("db.query.text") is string sql)
                {
                    _statements.Enqueue((activity.GetTagItem("db.namespace") as string ?? "", activity.TraceId.ToHexString(), sql));
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The statements so far in a database, in order.</summary>
    public IReadOnlyList<string> Of(string database) => [.. _statements.Where(statement => statement.Database == database).Select(statement => statement.Sql)];

    /// <summary>The statements so far in all databases that contain a text, in order.</summary>
    public IReadOnlyList<string> Containing(string text) =>
        [.. _statements.Where(statement => statement.Sql.Contains(text, StringComparison.Ordinal)).Select(statement => statement.Sql)];

    /// <summary>The statements so far that were sent for a call, in order; what the caller sent as <c>traceparent</c> names its trace.</summary>
    public IReadOnlyList<string> OfTrace(ActivityTraceId trace) =>
        [.. _statements.Where(statement => statement.Trace == trace.ToHexString()).Select(statement => statement.Sql)];

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
