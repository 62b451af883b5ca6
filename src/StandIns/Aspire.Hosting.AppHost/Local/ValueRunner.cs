using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>"Runs" what is no process: a parameter, a composed connection string, a service elsewhere.</summary>
internal sealed class ValueRunner(IResource resource, RunContext run, IReadOnlyDictionary<IResource, IReadOnlyList<string>> processes)
    : ResourceRunner(resource, [resource.Name], run, processes)
{
    protected override async Task StartAndFollowAsync(CancellationToken cancellationToken)
    {
        await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Running, HealthReports = Health.Unknown });
        await FollowHealthAsync(cancellationToken);
    }
}
