using Aspire.Hosting;
using Aspire.Hosting.Local.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Delegation.TestKit.Cluster;

/// <summary>Whether a test can have a server on this machine.</summary>
internal static class ServerAvailability
{
    /// <summary>Why it cannot, null if it can. Installs nothing: where that is allowed, it happens when the server is used.</summary>
    public static string? WhyNone(ServerProgram program)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "the servers of the tests need Linux";
        }

        if (InstallPermission.IsGiven(configuration: null))
        {
            return null;
        }

        try
        {
            // Tests are discovered synchronously, and perhaps in a synchronization context with one thread.
            Task.Run(() => MissingServers.InstallAsync([program], mayInstall: false, NullLogger.Instance, CancellationToken.None))
                .GetAwaiter().GetResult();
            return null;
        }
        catch (DistributedApplicationException missing)
        {
            return missing.Message;
        }
    }

    /// <summary>Installs the server if it is missing and that is allowed.</summary>
    /// <exception cref="DistributedApplicationException">It is missing; the message is the command to type.</exception>
    public static Task InstallAsync(ServerProgram program, CancellationToken cancellationToken) => MissingServers.InstallAsync(
        [program], InstallPermission.IsGiven(configuration: null), NullLogger.Instance, cancellationToken);
}
