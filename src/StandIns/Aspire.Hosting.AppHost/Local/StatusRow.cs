using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Local;

/// <summary>One line of the table: one process, or one database.</summary>
internal sealed record StatusRow(string Id, string Name, string State, string Health, string Address, string ProcessId, bool IsFailure)
{
    /// <summary>Values are not shown: they neither run nor end.</summary>
    public static bool IsShown(ResourceRunner runner) => runner is not ValueRunner;

    public static StatusRow Of(ResourceRunner runner, string id, ResourceNotificationService notifications)
    {
        var snapshot = notifications.TryGetCurrentState(id, out var known) ? known.Snapshot : null;
        var state = snapshot?.State?.Text ?? KnownResourceStates.NotStarted;
        var isFailure = state == KnownResourceStates.FailedToStart
            || (snapshot?.ExitCode is { } code && !(runner is ProcessRunner process && process.Expects(code) && !HealthMonitor.KeysOf(runner.Resource).Any()));

        return new StatusRow(
            id,
            runner.Ids.Count > 1 ? id : runner.Resource.Name,
            snapshot?.ExitCode is { } exitCode ? string.Create(CultureInfo.InvariantCulture, $"{state} ({exitCode})") : state,
            HealthOf(snapshot),
            string.Join("  ", snapshot is { State.Text: "Running" } ? snapshot.Urls.Select(url => $"{url.Name} {url.Url}") : []),
            snapshot is { State.Text: "Running" } ? ProcessIdOf(snapshot) : "",
            isFailure);
    }

    private static string HealthOf(CustomResourceSnapshot? snapshot) => snapshot?.HealthStatus switch
    {
        null => "",
        HealthStatus.Healthy when snapshot.HealthReports.IsEmpty => "not checked",
        { } status => status.ToString(),
    };

    private static string ProcessIdOf(CustomResourceSnapshot snapshot) => snapshot.Properties
        .Where(property => property.Name == ProcessRunner.ProcessIdProperty)
        .Select(property => Convert.ToString(property.Value, CultureInfo.InvariantCulture))
        .FirstOrDefault() ?? "";
}
