using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Servers;

/// <summary>Makes sure that servers are installed, all at once: one installation, or one message with one command.</summary>
internal static class MissingServers
{
    // Only root installs, and only root can write here.
    private const string LockFile = "/run/install-packages.lock";
    private static readonly TimeSpan TurnLimit = TimeSpan.FromMinutes(12);

    /// <summary>Installs what is missing if that is allowed.</summary>
    /// <exception cref="DistributedApplicationException">Something is missing; the message is the exact command to type.</exception>
    public static async Task InstallAsync(
        IReadOnlyCollection<ServerProgram> programs, bool mayInstall, ILogger logger, CancellationToken cancellationToken)
    {
        if ((await FindAsync(programs, cancellationToken)).Count == 0)
        {
            return;
        }

        // Several applications or test runs may start at once; the one that waited finds the work done.
        using var turn = mayInstall ? await InterProcessLock.ExclusiveAsync(LockFile, TurnLimit, cancellationToken) : null;
        var missing = await WithOffersAsync(await FindAsync(programs, cancellationToken), mayInstall, cancellationToken);
        if (missing.Count == 0)
        {
            return;
        }

        if (!mayInstall || missing.Any(server => server.Offered is not { IsNewEnough: true }))
        {
            throw new DistributedApplicationException(
                MissingServersMessage.For(missing, SystemPackages.Exist, Environment.IsPrivilegedProcess));
        }

        var packages = missing.Select(server => server.Offered!.Package).ToArray();
        logger.InstallingPackages(string.Join(' ', packages));
        await SystemPackages.InstallAsync(packages);

        if (await FindAsync(programs, cancellationToken) is [var still, ..])
        {
            throw new DistributedApplicationException(
                $"{string.Join(' ', packages)} were installed, and yet {still.Program.NameAndVersion} is not found.");
        }
    }

    private static async Task<IReadOnlyList<MissingServer>> FindAsync(
        IEnumerable<ServerProgram> programs, CancellationToken cancellationToken)
    {
        var missing = new List<MissingServer>();
        foreach (var program in programs.DistinctBy(program => program.Name))
        {
            var installed = await ServerFinder.FindAllAsync(program, cancellationToken);
            if (!installed.Any(program.IsNewEnough))
            {
                missing.Add(new MissingServer(program, TooOld: installed is [var first, ..] ? first : null));
            }
        }

        return missing;
    }

    private static async Task<IReadOnlyList<MissingServer>> WithOffersAsync(
        IReadOnlyList<MissingServer> missing, bool mayUpdateLists, CancellationToken cancellationToken)
    {
        if (!SystemPackages.Exist)
        {
            return missing;
        }

        var offers = await Task.WhenAll(missing.Select(AskAsync));
        if (mayUpdateLists && offers.Any(server => server.Offered is null))
        {
            await SystemPackages.UpdateListsAsync(cancellationToken);
            offers = await Task.WhenAll(missing.Select(AskAsync));
        }

        return offers;

        async Task<MissingServer> AskAsync(MissingServer server) =>
            server with { Offered = await SystemPackages.OfferedAsync(server.Program, cancellationToken) };
    }
}

/// <summary>A server that is needed and not installed.</summary>
/// <param name="Program">The server.</param>
/// <param name="TooOld">A version that is installed and will not do.</param>
/// <param name="Offered">What the system's packages offer, null when they list none.</param>
internal sealed record MissingServer(ServerProgram Program, InstalledServer? TooOld = null, OfferedServer? Offered = null);
