using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local;

/// <summary>Follows a resource that lives inside another one, as a database in its server: it runs while that one runs.</summary>
internal sealed class ChildRunner(IResourceWithParent resource, RunContext run, IReadOnlyDictionary<IResource, IReadOnlyList<string>> processes)
    : ResourceRunner(resource, [resource.Name], run, processes)
{
    protected override async Task StartAndFollowAsync(CancellationToken cancellationToken)
    {
        var parent = resource.Parent;
        var started = await Run.Notifications.WaitForResourceAsync(
            parent.Name, e => e.Snapshot.State?.Text == KnownResourceStates.Running || ResourceNotificationService.HasEnded(e.Snapshot), cancellationToken);
        if (ResourceNotificationService.HasEnded(started.Snapshot))
        {
            await PublishAsync(snapshot => snapshot with { State = started.Snapshot.State });
            return;
        }

        await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Running, HealthReports = Health.Unknown });
        using var parentEnded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var health = FollowHealthAfterParentAsync(parent, parentEnded.Token);

        var ended = await Run.Notifications.WaitForResourceAsync(parent.Name, e => ResourceNotificationService.HasEnded(e.Snapshot), cancellationToken);
        await parentEnded.CancelAsync();
        await PublishAsync(snapshot => snapshot with { State = ended.Snapshot.State });
        await health;
    }

    /// <summary>A database may only be created when its server is ready: looking earlier finds nothing but errors.</summary>
    private async Task FollowHealthAfterParentAsync(IResource parent, CancellationToken cancellationToken)
    {
        try
        {
            var ready = await Run.Notifications.WaitForResourceAsync(parent.Name, e => e.Snapshot.Ready is not null, cancellationToken);
            await ready.Snapshot.Ready!.WaitAsync(cancellationToken);
        }
        catch (Exception)
        {
            return; // Either the parent has ended, or it could not get ready and says so itself.
        }

        await FollowHealthAsync(cancellationToken);
    }
}
