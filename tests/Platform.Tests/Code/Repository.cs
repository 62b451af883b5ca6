using System.Diagnostics;

namespace Delegation.Platform.Tests.Code;

/// <summary>The files of the repository as git knows them, so that a rule is a function from files to violations.</summary>
internal sealed record Repository(string Root, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>The working tree this test runs in: tracked files and those not yet added, never what .gitignore leaves out.</summary>
    public static Repository Here { get; } = Read();

    /// <summary>A repository of one file, to plant a violation in.</summary>
    public static Repository With(string path, string text) => new("", new Dictionary<string, string> { [path] = text });

    /// <summary>Files of the product: everything that ships, the package stand-ins apart.</summary>
    public IEnumerable<KeyValuePair<string, string>> Product() =>
        Files.Where(file => file.Key.StartsWith("AppHost/", StringComparison.Ordinal)
            || file.Key.StartsWith("ServiceDefaults/", StringComparison.Ordinal)
            || (file.Key.StartsWith("src/", StringComparison.Ordinal) && !file.Key.StartsWith("src/StandIns/", StringComparison.Ordinal)));

    public IEnumerable<KeyValuePair<string, string>> EndingWith(params string[] extensions) =>
        Files.Where(file => extensions.Any(extension => file.Key.EndsWith(extension, StringComparison.Ordinal)));

    private static Repository Read()
    {
        var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
        var start = new ProcessStartInfo("git", ["-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.True(git.ExitCode == 0 && paths.Length > 0, $"git ls-files found nothing under {root}");

        return new Repository(
            root,
            paths.Where(path => File.Exists(Path.Combine(root, path)))
                .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(root, path)), StringComparer.Ordinal));
    }
}
