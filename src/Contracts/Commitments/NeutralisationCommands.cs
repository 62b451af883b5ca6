using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;

namespace Delegation.Contracts.Commitments;

/// <summary>The commands on periods that do not count.</summary>
internal static class NeutralisationCommands
{
    private const int LongestReason = 2000;

    public static async Task<Outcome<Neutralisation>> ProposeAsync(
        TenantSession session, ProposeNeutralisationRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var commitmentId = IdField.ReadOptional("commitment_id", request.CommitmentId, violations);
        var period = DayRange.Read(request.StartDay, request.EndDay, violations);
        var reason = TextField.ReadLine("reason", request.Reason.ReplaceLineEndings(" "), LongestReason, violations);
        if (violations.Count > 0)
            return new Outcome<Neutralisation>.Invalid(violations);

        var proposed = await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
        {
            if (commitmentId is { } about && (await session.FindSeriesAsync(CommitmentKinds.Commitment, delegation, about, cancellationToken)).Next == 1)
                return JointRefusals.SubjectNotFound<JointVersionRow>(CommitmentKinds.Commitment);

            var content = new JointContent(period!.Start, period.End, JsonFormatter.Default.Format(new Neutralisation { Reason = reason }));
            return delegation.Closed<JointVersionRow>() ?? await JointCommands.ProposeAsync(
                session, CommitmentKinds.Neutralisation, delegation, subjectId: null, commitmentId, content, clock, cancellationToken);
        });
        return proposed.Map(CommitmentKinds.ToNeutralisation);
    }

    public static async Task<Outcome<Neutralisation>> ValidateAsync(
        TenantSession session, ValidateNeutralisationRequest request, TimeProvider clock, CancellationToken cancellationToken) => (await JointCommands.ValidateAsync(
        session, CommitmentKinds.Neutralisation, request.DelegationId, request.NeutralisationId, request.Etag, clock, cancellationToken)).Map(CommitmentKinds.ToNeutralisation);

    public static async Task<Outcome<Neutralisation>> WithdrawAsync(
        TenantSession session, WithdrawNeutralisationRequest request, TimeProvider clock, CancellationToken cancellationToken) => (await JointCommands.WithdrawAsync(
        session, CommitmentKinds.Neutralisation, request.DelegationId, request.NeutralisationId, request.Etag, clock, cancellationToken)).Map(CommitmentKinds.ToNeutralisation);
}
