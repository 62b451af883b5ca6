using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;

namespace Delegation.Contracts.Reversibility;

/// <summary>The commands on the plan: a delegation has one, in versions.</summary>
internal static class PlanCommands
{
    public static async Task<Outcome<ReversibilityPlan>> ProposeAsync(
        TenantSession session, ProposeReversibilityPlanRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var effective = DayField.Read("effective_day", request.EffectiveDay, violations);
        if (request.Terms is null)
            violations.Add(TermViolations.Required("terms", "what the plan says", "le contenu du plan"));
        var terms = request.Terms is null ? null : PlanReading.Read(request.Terms, violations);
        if (violations.Count > 0)
            return new Outcome<ReversibilityPlan>.Invalid(violations);

        var content = new JointContent(effective!.Value, LastDay: null, JsonFormatter.Default.Format(terms));
        var proposed = await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
            delegation.Closed<JointVersionRow>() ?? await JointCommands.ProposeAsync(
                session, PlanKinds.Plan, delegation, await SubjectAsync(session, delegation, cancellationToken), aboutId: null, content, clock, cancellationToken));
        return proposed.Map(PlanKinds.ToPlan);
    }

    public static async Task<Outcome<ReversibilityPlan>> ValidateAsync(
        TenantSession session, ValidateReversibilityPlanRequest request, TimeProvider clock, CancellationToken cancellationToken) => (await JointCommands.ValidateAsync(
        session, PlanKinds.Plan, request.DelegationId, request.ReversibilityPlanId, request.Etag, clock, cancellationToken)).Map(PlanKinds.ToPlan);

    public static async Task<Outcome<ReversibilityPlan>> WithdrawAsync(
        TenantSession session, WithdrawReversibilityPlanRequest request, TimeProvider clock, CancellationToken cancellationToken) => (await JointCommands.WithdrawAsync(
        session, PlanKinds.Plan, request.DelegationId, request.ReversibilityPlanId, request.Etag, clock, cancellationToken)).Map(PlanKinds.ToPlan);

    /// <summary>The plan of which versions are proposed; null while there is none, or none that was not withdrawn.</summary>
    private static async Task<Guid?> SubjectAsync(TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken) =>
        (await session.ListProposedAsync(PlanKinds.Plan, delegation, cancellationToken)).Concat(
            await session.ListHoldingAsync(PlanKinds.Plan, delegation, DateOnly.MinValue, endDay: null, cancellationToken)).FirstOrDefault()?.SubjectId;
}
