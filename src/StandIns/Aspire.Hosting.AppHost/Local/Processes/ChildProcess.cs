using System.Diagnostics;

namespace Aspire.Hosting.Local.Processes;

/// <summary>A process that we started: its output line by line, its end, and ways to end it.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>Time between the signal to stop and the one that cannot be ignored, as in Aspire.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    private readonly Process _process;
    private readonly int _stopSignal;
    private readonly string _marker;
    private readonly Task _output;

    private ChildProcess(Process process, int stopSignal, string marker, Action<string> onLine)
    {
        (_process, _stopSignal, _marker) = (process, stopSignal, marker);

        // It may have ended already; then its id is still ours until we have asked for its exit code.
        Identity = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, 0);
        _output = Task.WhenAll(ReadLinesAsync(process.StandardOutput, onLine), ReadLinesAsync(process.StandardError, onLine));
        Exited = AwaitExitAsync();
    }

    public ProcessIdentity Identity { get; }

    /// <summary>The exit code, once it has ended; 128 and the signal when a signal ended it.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a process.</summary>
    /// <param name="spec">What to start.</param>
    /// <param name="stopSignal">Signal that makes it stop in good order.</param>
    /// <param name="marker">Value of <see cref="RunMarker.Variable"/> that it and its descendants carry.</param>
    /// <param name="onLine">Called with each line of its output.</param>
    /// <exception cref="DistributedApplicationException">There is no such program.</exception>
    public static ChildProcess Start(ProcessSpec spec, int stopSignal, string marker, Action<string> onLine)
    {
        ProgramFile.Check(spec);
        var process = new Process { StartInfo = ProcessLauncher.Describe(spec), EnableRaisingEvents = true };
        process.StartInfo.Environment[RunMarker.Variable] = marker;
        process.Start();
        process.StandardInput.Close();
        return new ChildProcess(process, stopSignal, marker, onLine);
    }

    /// <summary>Asks it to stop. What does not stop, and what it leaves behind, is ended.</summary>
    public async Task StopAsync()
    {
        // Once it has ended, nothing but this list ties to it what it started and did not stop.
        var family = Family();
        Signals.Send(Identity, _stopSignal);
        await Task.WhenAny(Exited, Task.Delay(Grace));
        Kill(family.Union(Family()));
        await Exited;
    }

    public void Kill() => Kill(Family());

    private static void Kill(IEnumerable<ProcessIdentity> processes)
    {
        foreach (var process in processes)
        {
            Signals.Send(process, Signals.Kill);
        }
    }

    private IReadOnlySet<ProcessIdentity> Family() =>
        ProcessTable.Family([Identity, .. ProcessTable.WithVariable($"{RunMarker.Variable}={_marker}\0")]);

    public void Dispose() => _process.Dispose();

    private async Task<int> AwaitExitAsync()
    {
        await _process.WaitForExitAsync();

        // The last lines say why it ended. A grandchild may keep the pipe open for ever, though.
        await Task.WhenAny(_output, Task.Delay(TimeSpan.FromMilliseconds(500)));
        return _process.ExitCode;
    }

    private static async Task ReadLinesAsync(StreamReader reader, Action<string> onLine)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                onLine(line);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process was disposed of while a grandchild still held the pipe.
        }
    }
}
