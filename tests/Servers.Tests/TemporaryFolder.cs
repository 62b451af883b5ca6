using System.Diagnostics;

namespace Delegation.Servers.Tests;

/// <summary>A folder of one test, which an ordinary account can pass through, deleted with all that any account wrote into it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("servers-tests-").FullName;

    public TemporaryFolder() => File.SetUnixFileMode(Path, (UnixFileMode)Convert.ToInt32("711", 8));

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes an executable shell script.</summary>
    public string Script(string name, string text)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
        return path;
    }

    public void Dispose()
    {
        using var remove = Process.Start("rm", ["-rf", Path]);
        remove.WaitForExit();
    }
}
