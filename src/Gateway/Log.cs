using Yarp.ReverseProxy.Forwarder;

namespace Delegation.Gateway;

/// <summary>Every message that the gateway logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Service} did not answer {Method}: {Error}.", EventName = "CallNotAnswered")]
    public static partial void CallNotAnswered(this ILogger logger, string? service, string? method, ForwarderError error, Exception? exception);

    [LoggerMessage(2, LogLevel.Debug, "{Method} of {Service} passed its deadline.", EventName = "DeadlinePassed")]
    public static partial void DeadlinePassed(this ILogger logger, string? service, string? method);

    [LoggerMessage(3, LogLevel.Debug, "The caller of {Method} of {Service} left.", EventName = "CallerLeft")]
    public static partial void CallerLeft(this ILogger logger, string? service, string? method);

    [LoggerMessage(4, LogLevel.Warning, "Calls are counted in this process alone: Redis does not answer.", EventName = "LimitsNotShared")]
    public static partial void LimitsNotShared(this ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "Calls are counted together with the other gateways again.", EventName = "LimitsSharedAgain")]
    public static partial void LimitsSharedAgain(this ILogger logger);

    [LoggerMessage(6, LogLevel.Warning, "Replica {Replica} of {Service} gets no more calls. {Trouble}", EventName = "ReplicaLeft")]
    public static partial void ReplicaLeft(this ILogger logger, string service, string replica, string trouble);

    [LoggerMessage(7, LogLevel.Information, "Replica {Replica} of {Service} gets calls again.", EventName = "ReplicaReturned")]
    public static partial void ReplicaReturned(this ILogger logger, string service, string replica);

    [LoggerMessage(8, LogLevel.Debug, "The body of a call of {Method} of {Service} did not arrive in full: {Trouble}", EventName = "BodyBroken")]
    public static partial void BodyBroken(this ILogger logger, string? service, string? method, string trouble);

    [LoggerMessage(9, LogLevel.Warning, "The journal of {Service} cannot be followed; its events come later.", EventName = "EventsInterrupted")]
    public static partial void EventsInterrupted(this ILogger logger, string service, Exception exception);
}
