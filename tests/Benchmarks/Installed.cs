using System.Diagnostics;

namespace Delegation.Benchmarks;

/// <summary>Programs of the system that a benchmark needs.</summary>
internal static class Installed
{
    /// <summary>True when the program is there, or could be installed: as root, from Debian's packages, without starting a service.</summary>
    public static async Task<bool> EnsureAsync(string program, string package, CancellationToken cancellation)
    {
        if (Find(program))
            return true;
        if (!Environment.IsPrivilegedProcess || !Find("apt-get"))
            return false;

        var install = new ProcessStartInfo("apt-get", ["install", "-y", "--no-install-recommends", package]) { RedirectStandardOutput = true };
        install.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        // invoke-rc.d asks this variable's policy before it starts what was installed.
        install.Environment["RUNLEVEL"] = "1";
        using var process = Process.Start(install)!;
        _ = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return Find(program);
    }

    private static bool Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
