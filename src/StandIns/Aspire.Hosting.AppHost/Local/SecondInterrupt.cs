using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Local;

/// <summary>The first Ctrl-C stops in good order; the second one is from somebody who does not want to wait.</summary>
internal sealed class SecondInterrupt(Orchestrator orchestrator) : IHostedService, IDisposable
{
    // A terminal and a wrapper such as timeout(1) may both pass on one and the same key press.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    private PosixSignalRegistration? _registration;
    private long _first;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            var first = Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);
            if (first != 0 && Stopwatch.GetElapsedTime(first) > Together)
            {
                orchestrator.Kill();
                Environment.Exit(130); // 128 + SIGINT, as shells have it. The guardian finds what is left.
            }
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration?.Dispose();
}
