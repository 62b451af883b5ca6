using Microsoft.Extensions.Logging;

namespace Delegation.Persistence;

/// <summary>All log messages of what works with a service's database: due work 1–9, journal 10–29.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Due work {Kind} of {ObjectId} failed, for the {Attempt}. time; it will be tried again.", EventName = "DueWorkFailed")]
    public static partial void DueWorkFailed(this ILogger logger, string kind, Guid objectId, int attempt, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Due work is interrupted; it goes on when the database can be reached.", EventName = "DueWorkInterrupted")]
    public static partial void DueWorkInterrupted(this ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Information, "This process is the {Name} now.", EventName = "LeadershipTaken")]
    public static partial void LeadershipTaken(this ILogger logger, string name);

    [LoggerMessage(11, LogLevel.Warning, "The {Name} is interrupted, and starts again in {Seconds:0.0} s.", EventName = "LeadershipLost")]
    public static partial void LeadershipLost(this ILogger logger, string name, double seconds, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "Notifications of the journal are interrupted; new entries are seen a little later.", EventName = "SignalLost")]
    public static partial void SignalLost(this ILogger logger, Exception exception);

    [LoggerMessage(13, LogLevel.Error, "{Follower}: the entries {First} to {Last} could not be applied; they will be tried again one by one.", EventName = "EntriesNotApplied")]
    public static partial void EntriesNotApplied(this ILogger logger, string follower, long first, long last);

    [LoggerMessage(14, LogLevel.Information, "{Follower}: the service ended its stream at {Position}.", EventName = "JournalEnded")]
    public static partial void JournalEnded(this ILogger logger, string follower, long position);

    [LoggerMessage(15, LogLevel.Information, "The {Name} waits for a service that cannot be reached, and asks again in {Seconds:0.0} s.", EventName = "SourceAway")]
    public static partial void SourceAway(this ILogger logger, string name, double seconds);
}
