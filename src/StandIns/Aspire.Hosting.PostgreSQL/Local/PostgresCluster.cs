using System.Globalization;
using Aspire.Hosting.Local.Servers;

namespace Aspire.Hosting.Local.Postgres;

/// <summary>The data of one PostgreSQL server on disk, which PostgreSQL calls a cluster.</summary>
/// <param name="Server">The programs that read and write it.</param>
/// <param name="Parent">
/// The directory it lies in. The major version is part of its own name, because no other version can read it:
/// <c>postgres-15</c>.
/// </param>
/// <param name="Account">The account that owns it, null for our own.</param>
/// <param name="Durable">False for data that nobody needs after the process: then nothing is synced to disk.</param>
internal sealed record PostgresCluster(InstalledServer Server, string Parent, OsAccount? Account, bool Durable)
{
    private const string Prefix = "postgres-";

    // Positional: initdb, data directory, superuser, further options. Made beside its place and then moved, so that a cluster
    // whose making was interrupted is never taken for one. The password comes on the standard input and goes through a file
    // that only this account reads, since every user can see the arguments of a process.
    private const string CreateScript = """
        set -eu
        umask 077
        initdb=$1 data=$2 superuser=$3
        shift 3
        rm -rf "$data.new"
        trap 'rm -f "$data.password"' EXIT
        cat >"$data.password"
        "$initdb" --pgdata="$data.new" --username="$superuser" --pwfile="$data.password" \
            --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 "$@"
        mv "$data.new" "$data"
        """;

    /// <summary>The data directory.</summary>
    public string Directory => Path.Combine(Parent, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Server.Major}"));

    /// <summary>Creates the cluster unless it exists.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be created here; the message says why.</exception>
    public async Task CreateIfMissingAsync(string superuser, string password, CancellationToken cancellationToken)
    {
        await CreateParentAsync(cancellationToken);
        if (System.IO.Directory.Exists(Directory))
        {
            return;
        }

        var initdb = Path.Combine(Server.Directory, "initdb");
        string[] options = Durable ? [] : ["--no-sync"];
        var outcome = await SystemCommand.RunAsync(
            "sh", ["-c", CreateScript, "create-cluster", initdb, Directory, superuser, .. options],
            input: password, account: Account, cancellationToken: cancellationToken);
        if (!outcome.Succeeded)
        {
            throw new DistributedApplicationException($"initdb could not create {Directory}:\n{outcome.Output}");
        }
    }

    /// <summary>Major versions of the clusters that lie in a directory, newest first.</summary>
    public static IReadOnlyList<int> VersionsIn(string parent) =>
        !System.IO.Directory.Exists(parent)
            ? []
            : [.. System.IO.Directory.GetDirectories(parent, Prefix + "*")
                .Select(directory => Path.GetFileName(directory)[Prefix.Length..])
                .Where(version => int.TryParse(version, CultureInfo.InvariantCulture, out _))
                .Select(version => int.Parse(version, CultureInfo.InvariantCulture))
                .OrderDescending()];

    private async Task CreateParentAsync(CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(Parent);
        if (Account is not null)
        {
            await SystemCommand.RunAsync("chown", [$"{Account.Uid}:{Account.Gid}", Parent], cancellationToken: cancellationToken);
        }

        var entered = await SystemCommand.RunAsync("test", ["-w", Parent], account: Account, cancellationToken: cancellationToken);
        if (!entered.Succeeded)
        {
            throw new DistributedApplicationException(
                $"The account '{Account?.Name ?? Environment.UserName}', which runs PostgreSQL, cannot write in {Parent}.");
        }
    }
}
