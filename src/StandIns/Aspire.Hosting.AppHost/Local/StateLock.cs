using System.Globalization;
using Aspire.Hosting.Local.Processes;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>
/// Only one AppHost uses a state directory at a time. The lock is the kernel's (flock, which is what .NET's file sharing is
/// on Unix): it ends with its holder, however that ends.
/// </summary>
internal sealed class StateLock : IDisposable
{
    private static readonly TimeSpan PreviousRunLimit = TimeSpan.FromSeconds(15);

    private readonly FileStream _file;
    private readonly LocalState _state;

    private StateLock(FileStream file, LocalState state) => (_file, _state) = (file, state);

    /// <summary>Takes the directory.</summary>
    /// <exception cref="DistributedApplicationException">Another AppHost has it; the message says which and what to do.</exception>
    public static StateLock Take(LocalState state)
    {
        state.Create();
        try
        {
            return new StateLock(new FileStream(state.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), state);
        }
        catch (IOException)
        {
            var owner = Owner(state);
            throw new DistributedApplicationException(
                $"This AppHost is running already{(owner is { } o ? $", as process {o.AppHost.Id} since {o.Since:HH:mm:ss}" : "")}; both would use the data in {state.Root}. "
                + "Stop it first. To run a second one beside it, give it data and ports of its own: "
                + "Aspire__Store__Path=<directory> DcpPublisher__RandomizePorts=true.");
        }
    }

    /// <summary>Waits until the guardian of a previous run that was killed has stopped everything.</summary>
    public async Task WaitForPreviousRunAsync(RunMarker marker, ILogger logger, CancellationToken cancellationToken)
    {
        if (Owner(_state) is { Guardian: { IsAlive: true } guardian })
        {
            logger.WaitsForPreviousRun(guardian.Id);
            for (var deadline = DateTime.UtcNow + PreviousRunLimit; guardian.IsAlive && DateTime.UtcNow < deadline;)
            {
                await Task.Delay(100, cancellationToken);
            }
        }

        await Leftovers.StopAsync(marker.OfAnyRun, logger, cancellationToken);
    }

    /// <summary>Leaves word of who has the directory.</summary>
    public void Sign(ProcessIdentity guardian)
    {
        var self = ProcessIdentity.Of(Environment.ProcessId);
        File.WriteAllText(_state.OwnerFile, string.Create(CultureInfo.InvariantCulture, $"{self}\n{guardian}\n{DateTime.UtcNow:O}\n"));
    }

    public void Dispose()
    {
        File.Delete(_state.OwnerFile);
        _file.Dispose();
    }

    private static (ProcessIdentity AppHost, ProcessIdentity Guardian, DateTime Since)? Owner(LocalState state)
    {
        try
        {
            var lines = File.ReadAllLines(state.OwnerFile);
            return ProcessIdentity.TryParse(lines[0], out var appHost) && ProcessIdentity.TryParse(lines[1], out var guardian)
                ? (appHost, guardian, DateTime.Parse(lines[2], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToLocalTime())
                : null;
        }
        catch (Exception exception) when (exception is IOException or IndexOutOfRangeException or FormatException or UnauthorizedAccessException)
        {
            return null; // Nobody signed yet, or was killed while signing.
        }
    }
}
