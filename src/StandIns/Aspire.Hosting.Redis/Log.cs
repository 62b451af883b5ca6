using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Redis;

/// <summary>What the Redis resources say.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Redis {Version} starts")]
    public static partial void RedisStarts(this ILogger logger, string version);
}
