using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Postgres;

/// <summary>What the PostgreSQL resources say.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "PostgreSQL {Version} starts on {DataDirectory} as user {User}")]
    public static partial void PostgresStarts(this ILogger logger, string version, string dataDirectory, string user);
}
