namespace Aspire.Hosting.Local.Servers;

/// <summary>A server that a resource needs on this machine: how to recognise its program and which packages bring it.</summary>
/// <param name="Name">What people call it, such as <c>PostgreSQL</c>.</param>
/// <param name="MinimumMajor">The oldest major version that will do.</param>
/// <param name="Executables">File names of the program, the wanted one first.</param>
/// <param name="Packages">System packages that bring it, the wanted one first.</param>
/// <param name="NewerVersions">Where a newer version is to be had when the system's own packages are too old.</param>
internal sealed record ServerProgram(
    string Name, int MinimumMajor, IReadOnlyList<string> Executables, IReadOnlyList<SystemPackage> Packages, string NewerVersions)
{
    /// <summary>Directories beside PATH where the program may be.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<string>>> FurtherDirectories { get; init; } =
        _ => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Accounts to run it under when we are root and it refuses that; none when it does not.</summary>
    public IReadOnlyList<string> AccountsInsteadOfRoot { get; init; } = [];

    /// <summary>The account to run it under, null for our own.</summary>
    public OsAccount? Account => OsAccount.InsteadOfRoot([.. AccountsInsteadOfRoot]);

    public bool IsNewEnough(InstalledServer server) => server.Major >= MinimumMajor;

    public string NameAndVersion => $"{Name} {MinimumMajor} or newer";
}

/// <summary>A package of the system's package manager.</summary>
/// <param name="Name">The package whose offered version tells the server's version.</param>
/// <param name="InstallAs">What to install, where <c>{0}</c> is the major version; null is the package itself.</param>
internal sealed record SystemPackage(string Name, string? InstallAs = null);

/// <summary>A server program found on this machine.</summary>
/// <param name="Path">The executable.</param>
/// <param name="Major">Its major version.</param>
/// <param name="Version">Its whole version, for people.</param>
internal sealed record InstalledServer(string Path, int Major, string Version)
{
    /// <summary>Where the program's companions are: links are followed, since PATH may have a link to the server alone.</summary>
    public string Directory => System.IO.Path.GetDirectoryName(File.ResolveLinkTarget(Path, returnFinalTarget: true)?.FullName ?? Path)!;
}
