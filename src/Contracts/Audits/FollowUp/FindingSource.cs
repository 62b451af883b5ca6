using Delegation.Access.V1;
using Delegation.Contracts.ControlPlans;
using Delegation.Persistence.Access;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>What found something: an audit mission, or a control of the insurer's plan. From there on findings are alike.</summary>
internal sealed record FindingSource(Guid OwnerId, Guid DelegationId, Guid DelegateId, Guid? MissionId, Guid? ControlId, string AuditedSide)
{
    public static FindingSource Of(AuditMissionRow mission) => new(mission.OwnerId, mission.DelegationId, mission.DelegateId, mission.Id, ControlId: null, mission.AuditedSide);

    /// <summary>It is the delegate that is controlled.</summary>
    public static FindingSource Of(ControlRow control) => new(control.OwnerId, control.DelegationId, control.DelegateId, MissionId: null, control.Id, Side.Delegate.Code());
}
