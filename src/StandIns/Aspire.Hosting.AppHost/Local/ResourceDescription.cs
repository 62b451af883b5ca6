using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Local;

/// <summary>The state of a resource in a few words.</summary>
internal static class ResourceDescription
{
    public static string Of(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text ?? KnownResourceStates.NotStarted;
        var exit = snapshot.ExitCode is { } code ? $" with exit code {code}" : "";
        var health = snapshot.HealthStatus is { } status and not HealthStatus.Healthy ? $", {OfHealth(status, snapshot.HealthReports)}" : "";
        return state + exit + health;
    }

    public static string OfHealth(HealthStatus status, IEnumerable<HealthReportSnapshot> reports)
    {
        var reasons = reports
            .Where(report => report.Status is not HealthStatus.Healthy)
            .Select(report => report.Description ?? report.ExceptionText)
            .Where(reason => !string.IsNullOrEmpty(reason));
        return string.Join("; ", reasons) is { Length: > 0 } text ? $"{status}: {text}" : status.ToString();
    }
}
