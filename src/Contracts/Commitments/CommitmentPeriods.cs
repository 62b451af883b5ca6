using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Commitments;

/// <summary>Reads what cuts a period of a commitment, and cuts it.</summary>
internal static class CommitmentPeriods
{
    public static async Task<Outcome<IReadOnlyList<PeriodPart>>> SplitAsync(
        this TenantSession session, SharedDelegation delegation, Guid commitmentId, DayRange period, CancellationToken cancellationToken)
    {
        var versions = await session.ListAllVersionsAsync(CommitmentKinds.Commitment, delegation, commitmentId, cancellationToken);
        if (versions.Count == 0)
            return JointRefusals.SubjectNotFound<IReadOnlyList<PeriodPart>>(CommitmentKinds.Commitment);

        var neutralised = await session.ListHoldingAsync(CommitmentKinds.Neutralisation, delegation, period.Start, period.End, cancellationToken);
        var about = neutralised.Where(entry => entry.AboutId is null || entry.AboutId == commitmentId).ToArray();
        return new Outcome<IReadOnlyList<PeriodPart>>.Accepted(PeriodParts.Split(period.Start, period.End, versions, about));
    }
}
