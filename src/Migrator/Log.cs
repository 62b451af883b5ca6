namespace Delegation.Migrator;

/// <summary>All log messages of the migrator.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Service}: applied {File}", EventName = "MigrationApplied")]
    public static partial void MigrationApplied(this ILogger logger, string service, string file);

    [LoggerMessage(2, LogLevel.Information, "{Service}: ready, all {Total} applied", EventName = "DatabaseReady")]
    public static partial void DatabaseReady(this ILogger logger, string service, int total);

    [LoggerMessage(3, LogLevel.Warning, "{Service}: {File} was applied by a newer release than this one", EventName = "DatabaseIsNewer")]
    public static partial void DatabaseIsNewer(this ILogger logger, string service, string file);

    [LoggerMessage(4, LogLevel.Critical, "{Reason}", EventName = "MigrationRefused")]
    public static partial void MigrationRefused(this ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Stopped before the end; the next start goes on from here", EventName = "MigrationStopped")]
    public static partial void MigrationStopped(this ILogger logger);
}
