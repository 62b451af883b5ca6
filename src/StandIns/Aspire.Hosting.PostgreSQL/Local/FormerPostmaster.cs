using System.Globalization;

namespace Aspire.Hosting.Local.Postgres;

/// <summary>
/// A server that still runs on the data that another is to start on: one that a killed application left is stopping and is
/// waited for, one of another running application is named.
/// </summary>
internal static class FormerPostmaster
{
    /// <param name="cluster">The data.</param>
    /// <param name="patience">How long a server that is stopping may take.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="DistributedApplicationException">The data is in use, and stays so.</exception>
    public static async Task WaitForEndAsync(PostgresCluster cluster, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var deadline = DateTime.UtcNow + patience; ;)
        {
            if (RunningOn(cluster.Directory) is not { } pid)
            {
                return;
            }

            if (DateTime.UtcNow > deadline)
            {
                throw new DistributedApplicationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"PostgreSQL, process {pid}, runs on {cluster.Directory}: this application is already running. Stop it first."));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    // The first line of postmaster.pid. A killed server leaves the file behind and the number may by now be another process's,
    // but only a server works in its data directory.
    // https://www.postgresql.org/docs/15/storage-file-layout.html
    private static int? RunningOn(string dataDirectory)
    {
        try
        {
            var first = File.ReadLines(Path.Combine(dataDirectory, "postmaster.pid")).FirstOrDefault();
            if (!int.TryParse(first, CultureInfo.InvariantCulture, out var pid))
            {
                return null;
            }

            var worksIn = new DirectoryInfo($"/proc/{pid}/cwd").ResolveLinkTarget(returnFinalTarget: false)?.FullName;
            return worksIn == Path.TrimEndingDirectorySeparator(dataDirectory) ? pid : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
