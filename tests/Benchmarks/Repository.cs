namespace Delegation.Benchmarks;

/// <summary>Where the things to measure are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A project's own output, of the configuration that this program was built in.</summary>
    public static string Output(string project, string assembly)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        var path = Path.Combine(Root, project, "bin", configuration, "net10.0", assembly);
        return File.Exists(path) ? path : throw new NotMeasurableException($"{path} is missing: build {project} first.");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
                return folder.FullName;

        throw new NotMeasurableException("Directory.Packages.props is in no folder above this program.");
    }
}
