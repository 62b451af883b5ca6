namespace Delegation.Reporting;

/// <summary>What this service logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "How far the upload of import {ImportId} is could not be written.", EventName = "ProgressNotWritten")]
    public static partial void ProgressNotWritten(this ILogger logger, Guid importId, Exception exception);
}
