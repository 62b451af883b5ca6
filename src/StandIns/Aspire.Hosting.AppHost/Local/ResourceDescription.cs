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
        var health = snapshot.HealthStatus is { } status and not HealthStatus.Healthy ? $", {status}{Reasons(snapshot)}" : "";
        return state + exit + health;
    }

    private static string Reasons(CustomResourceSnapshot snapshot)
    {
        var reasons = snapshot.HealthReports
            .Where(report => report.Status is not HealthStatus.Healthy)
            .Select(report => report.Description ?? report.ExceptionText)
            .Where(reason => !string.IsNullOrEmpty(reason));
        return string.Join("; ", reasons) is { Length: > 0 } text ? $": {text}" : "";
    }
}
