using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;

namespace Delegation.Contracts.Finance;

/// <summary>What money puts on work lists.</summary>
internal static class FinanceWork
{
    /// <summary>Opens what waits, and closes what does not.</summary>
    public static Task SetWorkAsync(this TenantSession session, OpenWork work, bool waits, TimeProvider clock, CancellationToken cancellationToken) => waits
        ? session.OpenWorkItemAsync(work, clock, cancellationToken)
        : session.CloseWorkItemAsync(work.Key, clock, cancellationToken);
}
