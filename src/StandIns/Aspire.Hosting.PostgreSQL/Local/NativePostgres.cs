using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Servers;

namespace Aspire.Hosting.Local.Postgres;

/// <summary>Runs a PostgreSQL resource as a process of this machine.</summary>
internal sealed class NativePostgres(PostgresServerResource resource) : IResourceAnnotation
{
    /// <summary>
    /// SIGINT is PostgreSQL's fast shutdown: it ends the sessions and closes the data in order.
    /// https://www.postgresql.org/docs/15/server-shutdown.html
    /// </summary>
    public const int StopSignal = 2;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private string? _dataDirectory;

    /// <summary>What to say when the server refuses the password: kept data keeps the password that it was created with.</summary>
    public string WrongPassword() =>
        $"It refuses the password (28P01): its data was created with another one. Give the parameter '{resource.PasswordParameter.Name}' "
        + $"its former value, or delete {_dataDirectory} to start empty.";

    public async Task<ProcessSpec> PrepareAsync(NativeServerContext context, CancellationToken cancellationToken)
    {
        var server = await ServerForDataAsync(context.DataDirectory, cancellationToken);
        var cluster = new PostgresCluster(server, context.DataDirectory, PostgresProgram.Definition.Account, context.Persistent);
        _dataDirectory = cluster.Directory;

        var superuser = await resource.UserNameReference.GetValueAsync(cancellationToken);
        var password = await resource.PasswordParameter.GetValueAsync(cancellationToken);
        await cluster.CreateIfMissingAsync(superuser!, password!, cancellationToken);
        await FormerPostmaster.WaitForEndAsync(cluster, StopPatience, cancellationToken);

        context.Logger.PostgresStarts(server.Version, cluster.Directory, cluster.Account?.Name ?? Environment.UserName);
        return new ProcessSpec(
            server.Path,
            PostgresSettings.Arguments(cluster, resource.Name, context.Ports[PostgresServerResource.PrimaryEndpointName]),
            cluster.Directory,
            new Dictionary<string, string>(),
            cluster.Account?.Name);
    }

    /// <summary>The newest server, or an older one when the data that is kept needs it.</summary>
    private static async Task<InstalledServer> ServerForDataAsync(string parent, CancellationToken cancellationToken)
    {
        var servers = await ServerFinder.FindUsableAsync(PostgresProgram.Definition, cancellationToken);
        if (servers is not [var preferred, ..])
        {
            throw new DistributedApplicationException($"{PostgresProgram.Definition.NameAndVersion} is not installed.");
        }

        if (PostgresCluster.VersionsIn(parent) is not [var kept, ..])
        {
            return preferred;
        }

        // Started on another version, the server would come up empty, and the data would seem lost.
        return servers.FirstOrDefault(server => server.Major == kept)
            ?? throw new DistributedApplicationException(
                $"The data in {parent} was written by PostgreSQL {kept}, and the installed version is {preferred.Version}. "
                + $"Install postgresql-{kept}, or move the data with pg_upgrade, or delete the directory to start empty.");
    }
}
