using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Delegation.ServiceDefaults;

/// <summary>Every message that the service defaults log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Method} failed.", EventName = "CallFailed")]
    public static partial void CallFailed(this ILogger logger, string method, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Method} could not be served: {Reason}.", EventName = "CallCouldNotBeServed")]
    public static partial void CallCouldNotBeServed(this ILogger logger, string method, string reason, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "The caller of {Method} did not wait for its end.", EventName = "CallAbandoned")]
    public static partial void CallAbandoned(this ILogger logger, string method, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Health check {Check} is {Status}. {Description}", EventName = "HealthLost")]
    public static partial void HealthLost(this ILogger logger, string check, HealthStatus status, string? description, Exception? exception);

    [LoggerMessage(5, LogLevel.Information, "Health check {Check} is Healthy again.", EventName = "HealthRestored")]
    public static partial void HealthRestored(this ILogger logger, string check);
}
