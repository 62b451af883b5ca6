using System.Globalization;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Local.Servers;

/// <summary>Packages of Debian and its descendants: which version of a server they offer, and installing it.</summary>
internal static partial class SystemPackages
{
    private static readonly TimeSpan UpdateLimit = TimeSpan.FromMinutes(2);

    // More than the limits within the script add up to, which are the ones to strike: they let it undo what it did.
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(11);

    public static bool Exist { get; } = File.Exists("/usr/bin/apt-get");

    /// <summary>The package to install for this server and the major version that it brings; null when none is listed.</summary>
    public static async Task<OfferedServer?> OfferedAsync(ServerProgram program, CancellationToken cancellationToken)
    {
        OfferedServer? tooOld = null;
        foreach (var package in program.Packages)
        {
            var policy = await SystemCommand.RunAsync("apt-cache", ["policy", package.Name], cancellationToken: cancellationToken);
            if (CandidatePattern().Match(policy.Output) is { Success: true } candidate)
            {
                var major = int.Parse(candidate.Groups["major"].Value, CultureInfo.InvariantCulture);
                var name = string.Format(CultureInfo.InvariantCulture, package.InstallAs ?? package.Name, major);
                var offered = new OfferedServer(program, name, major);
                if (offered.IsNewEnough)
                {
                    return offered;
                }

                tooOld ??= offered;
            }
        }

        return tooOld;
    }

    /// <summary>Fetches the lists of packages, which a slim image comes without.</summary>
    public static async Task UpdateListsAsync(CancellationToken cancellationToken) =>
        await SystemCommand.RunAsync(
            "apt-get", ["update", "-o", "Acquire::Retries=2", "-o", "Acquire::http::Timeout=30"],
            limit: UpdateLimit, cancellationToken: cancellationToken);

    /// <summary>
    /// Installs packages without starting or keeping any service. Only for root. Once begun it is not interrupted, not even
    /// by Ctrl-C, for which it is in a session of its own: packages that are half installed take a person to repair.
    /// </summary>
    /// <exception cref="DistributedApplicationException">They could not be installed; the message ends with the log's last lines.</exception>
    public static async Task InstallAsync(IEnumerable<string> packages)
    {
        var outcome = await SystemCommand.RunAsync(
            "setsid", ["sh", "-c", InstallScript.Text, "install-packages", "", .. packages], limit: InstallLimit);
        if (!outcome.Succeeded)
        {
            var lastLines = string.Join('\n', outcome.Output.Trim().Split('\n').TakeLast(10));
            throw new DistributedApplicationException(
                $"Installing {string.Join(' ', packages)} failed with exit code {outcome.ExitCode}:\n{lastLines}");
        }
    }

    // A version may start with an epoch: "  Candidate: 5:7.0.15-1~deb12u7", "  Candidate: 15+248+deb12u1", "  Candidate: (none)".
    [GeneratedRegex(@"Candidate: (\d+:)?(?<major>\d+)")]
    private static partial Regex CandidatePattern();
}

/// <summary>A server that the system's packages offer.</summary>
internal sealed record OfferedServer(ServerProgram Program, string Package, int Major)
{
    public bool IsNewEnough => Major >= Program.MinimumMajor;
}
