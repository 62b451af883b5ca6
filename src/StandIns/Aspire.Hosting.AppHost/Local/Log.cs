using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>Everything that the orchestrator logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Installing {Packages} from the packages of this system")]
    public static partial void InstallingPackages(this ILogger logger, string packages);

    [LoggerMessage(20, LogLevel.Information, "{Line}")]
    public static partial void Line(this ILogger logger, string line);

    [LoggerMessage(21, LogLevel.Information, "Building {Project}")]
    public static partial void Building(this ILogger logger, string project);

    [LoggerMessage(22, LogLevel.Information, "Ended with exit code {ExitCode}")]
    public static partial void Ended(this ILogger logger, int exitCode);

    [LoggerMessage(23, LogLevel.Error, "Failed unexpectedly")]
    public static partial void FailedUnexpectedly(this ILogger logger, Exception exception);

    [LoggerMessage(24, LogLevel.Error, "It is a container, and only native processes run here: it stays off, and so does what waits for it")]
    public static partial void NeedsContainerRuntime(this ILogger logger);

    [LoggerMessage(25, LogLevel.Information, "Waiting for {Outstanding}")]
    public static partial void Waiting(this ILogger logger, string outstanding);

    [LoggerMessage(26, LogLevel.Information, "Not healthy yet: {Description}")]
    public static partial void NotHealthyYet(this ILogger logger, string description);

    [LoggerMessage(27, LogLevel.Information, "Now {Health}")]
    public static partial void HealthChanged(this ILogger logger, string health);

    [LoggerMessage(30, LogLevel.Information, "Data is kept in {Directory}")]
    public static partial void KeepsData(this ILogger logger, string directory);

    [LoggerMessage(31, LogLevel.Warning, "The previous run is still being stopped (process {ProcessId}); waiting for it")]
    public static partial void WaitsForPreviousRun(this ILogger logger, int processId);

    [LoggerMessage(32, LogLevel.Warning, "Stopping {Count} processes that were left behind: {Processes}")]
    public static partial void StopsLeftovers(this ILogger logger, int count, string processes);

    [LoggerMessage(33, LogLevel.Error, "The guardian process has died. Without it a kill of the AppHost would leave processes behind: stopping")]
    public static partial void GuardianDied(this ILogger logger);

    [LoggerMessage(34, LogLevel.Warning, "The command that started the AppHost (process {ProcessId}) is gone: stopping")]
    public static partial void ParentGone(this ILogger logger, int processId);

    [LoggerMessage(35, LogLevel.Information, "Stopping. Ctrl-C again kills everything at once")]
    public static partial void Stopping(this ILogger logger);

    [LoggerMessage(36, LogLevel.Information, "Stopped after {Seconds:0.0} s")]
    public static partial void Stopped(this ILogger logger, double seconds);

    [LoggerMessage(37, LogLevel.Error, "{Resource}: {Reason}{LastLines}")]
    public static partial void ResourceFailed(this ILogger logger, string resource, string reason, string lastLines);

    [LoggerMessage(38, LogLevel.Error, "Without {Resource} the application is not complete: stopping")]
    public static partial void StopsAfterFailure(this ILogger logger, string resource);
}
