using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Local.Servers;

/// <summary>Whether missing servers may be installed: a person's machine is changed only when that person says so.</summary>
internal static class InstallPermission
{
    /// <summary>The setting that allows it outside of containers, where it still takes root.</summary>
    public const string Setting = "Local:InstallPackages";

    public static bool IsGiven(IConfiguration? configuration) =>
        Environment.IsPrivilegedProcess
        && (string.Equals(configuration?[Setting], "true", StringComparison.OrdinalIgnoreCase) || IsContainer());

    // A container says so by a file or a variable of its runtime; or its first process is some program, not an init system.
    private static bool IsContainer() =>
        File.Exists("/.dockerenv")
        || File.Exists("/run/.containerenv")
        || Environment.GetEnvironmentVariable("container") is { Length: > 0 }
        || (File.Exists("/proc/1/comm") && File.ReadAllText("/proc/1/comm").Trim() is not ("systemd" or "init"));
}
