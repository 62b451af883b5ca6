using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Servers;

/// <summary>Makes sure that servers are installed, all at once: one installation, or one message with one command.</summary>
internal static class MissingServers
{
    private static readonly TimeSpan TurnLimit = TimeSpan.FromMinutes(6);

    /// <summary>Installs what is missing if that is allowed.</summary>
    /// <exception cref="DistributedApplicationException">Something is missing; the message is the exact command to type.</exception>
    public static async Task InstallAsync(
        IReadOnlyCollection<ServerProgram> programs, bool mayInstall, ILogger logger, CancellationToken cancellationToken)
    {
        if ((await MissingAsync(programs, cancellationToken)).Count == 0)
        {
            return;
        }

        // Several applications or test runs may start at once; the one that waited finds the work done.
        using var turn = mayInstall ? await InterProcessLock.ExclusiveAsync(LockFile, TurnLimit, cancellationToken) : null;
        var missing = await MissingAsync(programs, cancellationToken);
        if (missing.Count == 0)
        {
            return;
        }

        var offered = await OfferedAsync(missing, mayInstall, cancellationToken);
        if (!mayInstall || offered.Count < missing.Count || !offered.All(server => server.IsNewEnough))
        {
            throw new DistributedApplicationException(await MissingServersMessage.ForAsync(missing, offered, cancellationToken));
        }

        var packages = offered.Select(server => server.Package).ToArray();
        logger.InstallingPackages(string.Join(' ', packages));
        await SystemPackages.InstallAsync(packages, cancellationToken);

        if (await MissingAsync(missing, cancellationToken) is [var still, ..])
        {
            throw new DistributedApplicationException($"{string.Join(' ', packages)} were installed, and yet {still.NameAndVersion} is not found.");
        }
    }

    private const string LockFile = "/run/install-packages.lock";

    private static async Task<IReadOnlyList<ServerProgram>> MissingAsync(IEnumerable<ServerProgram> programs, CancellationToken cancellationToken)
    {
        var missing = new List<ServerProgram>();
        foreach (var program in programs.DistinctBy(program => program.Name))
        {
            if ((await ServerFinder.FindUsableAsync(program, cancellationToken)).Count == 0)
            {
                missing.Add(program);
            }
        }

        return missing;
    }

    private static async Task<IReadOnlyList<OfferedServer>> OfferedAsync(
        IReadOnlyList<ServerProgram> missing, bool mayInstall, CancellationToken cancellationToken)
    {
        if (!SystemPackages.Exist)
        {
            return [];
        }

        var offered = await ListAsync();
        if (offered.Count < missing.Count && mayInstall)
        {
            await SystemPackages.UpdateListsAsync(cancellationToken);
            offered = await ListAsync();
        }

        return offered;

        async Task<IReadOnlyList<OfferedServer>> ListAsync()
        {
            var list = new List<OfferedServer>();
            foreach (var program in missing)
            {
                if (await SystemPackages.OfferedAsync(program, cancellationToken) is { } server)
                {
                    list.Add(server);
                }
            }

            return list;
        }
    }
}
