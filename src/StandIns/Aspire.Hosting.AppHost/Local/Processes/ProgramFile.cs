namespace Aspire.Hosting.Local.Processes;

/// <summary>Looks for a program before it is started: the wrapper that starts it could only say exit code 127.</summary>
internal static class ProgramFile
{
    /// <summary>Refuses what cannot be started.</summary>
    /// <exception cref="DistributedApplicationException">There is no such program, or no such directory to start it in.</exception>
    public static void Check(ProcessSpec spec)
    {
        if (!Directory.Exists(spec.WorkingDirectory))
        {
            throw new DistributedApplicationException($"there is no directory '{spec.WorkingDirectory}' to start '{spec.FileName}' in");
        }

        if (!Candidates(spec).Any(IsExecutable))
        {
            var place = spec.FileName.Contains('/') ? "" : " on PATH";
            throw new DistributedApplicationException($"there is no program '{spec.FileName}'{place}");
        }
    }

    private static IEnumerable<string> Candidates(ProcessSpec spec) => spec.FileName.Contains('/')
        ? [Path.GetFullPath(spec.FileName, spec.WorkingDirectory)]
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, spec.FileName));

    private static bool IsExecutable(string path) => File.Exists(path)
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
