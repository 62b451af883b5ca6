namespace Delegation.Watch;

/// <summary>All log messages of this service.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The source {SourceId} could not be read; it will be tried again.", EventName = "SourceNotRead")]
    public static partial void SourceNotRead(this ILogger logger, Guid sourceId, Exception exception);
}
