using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Local;

/// <summary>Shows the table of resources when all have come up, and again whenever it is no longer true.</summary>
internal sealed class StatusBoard(IReadOnlyList<ResourceRunner> runners, Failures failures, RunContext run, ResourceConsole console)
{
    // Changes come in groups: a database that dies takes the health of its clients along.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(300);

    private Dictionary<string, StatusRow> _shown = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in run.Notifications.WatchAsync(cancellationToken))
            {
                if (_shown.Count > 0)
                {
                    await ShowChangesAsync(cancellationToken);
                }
                else if (!failures.AreFatal && HaveAllComeUp())
                {
                    ShowFirst();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    private bool HaveAllComeUp() => runners.Where(StatusRow.IsShown).SelectMany(runner => runner.Ids).All(id =>
        run.Notifications.TryGetCurrentState(id, out var known)
        && (known.Snapshot is { HealthStatus: HealthStatus.Healthy, Ready.IsCompleted: true } || ResourceNotificationService.HasEnded(known.Snapshot)));

    private void ShowFirst()
    {
        _shown = Rows();
        using var self = Process.GetCurrentProcess();
        var seconds = (DateTime.Now - self.StartTime).TotalSeconds;
        var incomplete = _shown.Values.Count(row => row.IsFailure);
        console.WriteBlock(StatusTable.Format([.. _shown.Values], before: null) + (incomplete == 0
            ? string.Create(CultureInfo.InvariantCulture, $"Ready after {seconds:0.0} s. Ctrl-C stops.\n")
            : $"Up, without {incomplete} of {_shown.Count}. Ctrl-C stops.\n"));
    }

    private async Task ShowChangesAsync(CancellationToken cancellationToken)
    {
        if (Rows().Values.All(row => _shown[row.Id] == row))
        {
            return;
        }

        await Task.Delay(Together, cancellationToken);
        var rows = Rows();
        var before = _shown;
        _shown = rows;
        if (rows.Values.Any(row => before[row.Id] != row))
        {
            console.WriteBlock(StatusTable.Format([.. rows.Values], before));
        }
    }

    private Dictionary<string, StatusRow> Rows() => runners.Where(StatusRow.IsShown)
        .SelectMany(runner => runner.Ids.Select(id => StatusRow.Of(runner, id, run.Notifications)))
        .ToDictionary(row => row.Id);
}
