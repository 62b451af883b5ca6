using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;

namespace Delegation.ProjectDelivery;

/// <summary>Keeps work lists in step with an object that changed, by what waits for somebody before and after.</summary>
internal static class WaitingWork
{
    /// <summary>Closes what waits no more, and opens what waits since; what waits all the same costs one look.</summary>
    public static async Task KeepWorkAsync(
        this DatabaseSession session, IReadOnlyList<OpenWork> before, IReadOnlyList<OpenWork> after, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var over in before.Select(work => work.Key).Except(after.Select(work => work.Key)))
            await session.CloseWorkItemAsync(over, clock, cancellationToken);
        foreach (var work in after)
            await session.OpenWorkItemAsync(work, clock, cancellationToken);
    }
}
