using System.Diagnostics;
using Aspire.Hosting.Local.Servers;

namespace Aspire.Hosting.Local.Processes;

/// <summary>Describes how a program is started: in a session of its own, and as another user where it demands that.</summary>
internal static class ProcessLauncher
{
    // What the AppHost itself was told about addresses, profile and environment is not meant for its resources.
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPIRE_LOGLEVEL"];

    /// <summary>
    /// A session of its own keeps Ctrl-C of the terminal away from the program, and lets us signal it together with its
    /// children. Both wrappers replace themselves by the program, so its process id is the one that we get.
    /// </summary>
    public static ProcessStartInfo Describe(ProcessSpec spec)
    {
        var info = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        var (program, arguments) = OsAccount.InsteadOfRoot(spec.RunAs ?? "") is { } account
            ? account.Wrap(spec.FileName, spec.Arguments)
            : (spec.FileName, spec.Arguments);
        info.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var name in NotInherited)
        {
            info.Environment.Remove(name);
        }

        foreach (var (name, value) in spec.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
