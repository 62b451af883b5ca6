using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>Says that a container cannot be run: there is no container runtime here. Everything else runs.</summary>
internal sealed class MissingRuntimeRunner(IResource resource, RunContext run, IReadOnlyDictionary<IResource, IReadOnlyList<string>> processes)
    : ResourceRunner(resource, [resource.Name], run, processes)
{
    protected override async Task StartAndFollowAsync(CancellationToken cancellationToken)
    {
        Logger.NeedsContainerRuntime();
        await PublishAsync(KnownResourceStates.FailedToStart);
    }
}
