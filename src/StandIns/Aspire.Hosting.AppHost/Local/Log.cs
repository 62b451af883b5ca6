using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>Everything that the orchestrator logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Installing {Packages} from the packages of this system")]
    public static partial void InstallingPackages(this ILogger logger, string packages);
}
