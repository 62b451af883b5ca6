using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Processes;

/// <summary>Stops processes that carry a marker and that nobody takes care of any more.</summary>
internal static class Leftovers
{
    public static async Task StopAsync(string marker, ILogger logger, CancellationToken cancellationToken)
    {
        var roots = ProcessTable.WithVariable(marker);
        if (roots.Count == 0)
        {
            return;
        }

        logger.StopsLeftovers(roots.Count, string.Join("; ", roots.Select(process => $"{process.Id} {ProcessTable.CommandLine(process.Id)}")));

        // An interrupt is what both .NET services and PostgreSQL stop in good order for.
        foreach (var process in roots)
        {
            Signals.Send(process, Signals.Interrupt);
        }

        var family = ProcessTable.Family(roots);
        for (var deadline = DateTime.UtcNow + ChildProcess.Grace; family.Any(process => process.IsAlive) && DateTime.UtcNow < deadline;)
        {
            await Task.Delay(50, cancellationToken);
        }

        Kill(family);
        Kill(marker);
    }

    public static void Kill(string marker) => Kill(ProcessTable.Family(ProcessTable.WithVariable(marker)));

    private static void Kill(IEnumerable<ProcessIdentity> processes)
    {
        foreach (var process in processes)
        {
            Signals.Send(process, Signals.Kill);
        }
    }
}
