using Aspire.Hosting.Local.Servers;

namespace Aspire.Hosting.Local.Postgres;

/// <summary>How PostgreSQL is found on this machine.</summary>
internal static class PostgresProgram
{
    /// <summary>Debian's packages keep each version's programs in a directory of its own, off PATH.</summary>
    private const string VersionedDirectories = "/usr/lib/postgresql";

    public static ServerProgram Definition { get; } = new(
        "PostgreSQL",
        MinimumMajor: 15,
        Executables: ["postgres"],
        Packages: [new SystemPackage("postgresql", InstallAs: "postgresql-{0}")],
        NewerVersions: "PostgreSQL's own packages: sudo apt-get install postgresql-common gnupg && "
            + "sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh && sudo apt-get install postgresql-17")
    {
        FurtherDirectories = FurtherDirectoriesAsync,

        // PostgreSQL refuses root. Its packages bring the account "postgres"; where it was installed otherwise, "nobody" is the
        // account with the fewest rights that every system has.
        AccountsInsteadOfRoot = ["postgres", "nobody"],
    };

    private static async Task<IReadOnlyList<string>> FurtherDirectoriesAsync(CancellationToken cancellationToken)
    {
        var directories = new List<string>();
        if (Directory.Exists(VersionedDirectories))
        {
            directories.AddRange(
                from version in Directory.GetDirectories(VersionedDirectories)
                where int.TryParse(Path.GetFileName(version), out _)
                orderby int.Parse(Path.GetFileName(version), null) descending
                select Path.Combine(version, "bin"));
        }

        var answer = await SystemCommand.RunAsync("pg_config", ["--bindir"], cancellationToken: cancellationToken);
        if (answer.Succeeded)
        {
            directories.Add(answer.Output.Trim());
        }

        return directories;
    }
}
