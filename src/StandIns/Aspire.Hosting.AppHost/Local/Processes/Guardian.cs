using System.Diagnostics;

namespace Aspire.Hosting.Local.Processes;

/// <summary>
/// A small process that outlives us when we are killed, and then stops everything we started (guardian.sh). It learns of
/// our death by the end of a pipe, which the kernel closes whatever happens to us.
/// </summary>
internal sealed class Guardian : IDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private bool _released;

    private Guardian(Process process)
    {
        _process = process;
        Identity = ProcessIdentity.Of(process.Id) ?? throw new DistributedApplicationException("The guardian process ended at once.");
        Died = AwaitDeathAsync();
    }

    public ProcessIdentity Identity { get; }

    /// <summary>Completes when it ended although we still need it.</summary>
    public Task Died { get; }

    /// <summary>Starts guarding.</summary>
    /// <param name="marker">What the processes of this run carry.</param>
    /// <param name="disposable">Directory to delete after our death, or null.</param>
    public static Guardian Start(RunMarker marker, string? disposable)
    {
        using var script = typeof(Guardian).Assembly.GetManifestResourceStream("guardian.sh")!;
        var info = new ProcessStartInfo("setsid", ["sh", "-c", new StreamReader(script).ReadToEnd(), "guardian", marker.OfRun, disposable ?? ""])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        return new Guardian(Process.Start(info)!);
    }

    /// <summary>Tells it about a process.</summary>
    public void Guard(ProcessIdentity process, int stopSignal) => Say($"+ {process} {stopSignal}");

    /// <summary>Lets it go: everything has been stopped.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _released = true;
        }

        Say(".");
        _process.WaitForExit(TimeSpan.FromSeconds(1));
        _process.Dispose();
    }

    private void Say(string line)
    {
        lock (_lock)
        {
            try
            {
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }
            catch (IOException)
            {
                // It is dead; Died tells.
            }
        }
    }

    private async Task AwaitDeathAsync()
    {
        await _process.WaitForExitAsync();
        lock (_lock)
        {
            if (!_released)
            {
                return;
            }
        }

        await Task.Delay(Timeout.Infinite);
    }
}
