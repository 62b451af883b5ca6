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
        return await AnsweredAsync(await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
            delegation.Closed<JointVersionRow>() ?? await JointCommands.ProposeAsync(
                session, PlanKinds.Plan, delegation, await SubjectAsync(session, delegation, cancellationToken), aboutId: null, content, clock, cancellationToken)));
    }

    public static async Task<Outcome<ReversibilityPlan>> ValidateAsync(
        TenantSession session, ValidateReversibilityPlanRequest request, TimeProvider clock, CancellationToken cancellationToken) => await AnsweredAsync(
        await LockAsync(session, request.DelegationId, request.ReversibilityPlanId, (delegation, version) =>
            JointCommands.ConsentAsync(session, PlanKinds.Plan, delegation, version, request.Etag, [], clock, cancellationToken), cancellationToken));

    public static async Task<Outcome<ReversibilityPlan>> WithdrawAsync(
        TenantSession session, WithdrawReversibilityPlanRequest request, TimeProvider clock, CancellationToken cancellationToken) => await AnsweredAsync(
        await LockAsync(session, request.DelegationId, request.ReversibilityPlanId, (_, version) =>
            JointCommands.WithdrawAsync(session, PlanKinds.Plan, version, request.Etag, clock, cancellationToken), cancellationToken));

    /// <summary>The plan of which versions are proposed; null while there is none, or none that was not withdrawn.</summary>
    private static async Task<Guid?> SubjectAsync(TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken) =>
        (await session.ListProposedAsync(PlanKinds.Plan, delegation, cancellationToken)).Concat(
            await session.ListHoldingAsync(PlanKinds.Plan, delegation, DateOnly.MinValue, endDay: null, cancellationToken)).FirstOrDefault()?.SubjectId;

    private static Task<Outcome<JointVersionRow>> LockAsync(
        TenantSession session, string delegationId, string id, Func<SharedDelegation, JointVersionRow, Task<Outcome<JointVersionRow>>> command, CancellationToken cancellationToken) =>
        JointCommands.LockAsync(session, PlanKinds.Plan, delegationId, "reversibility_plan_id", id, command, cancellationToken);

    private static Task<Outcome<ReversibilityPlan>> AnsweredAsync(Outcome<JointVersionRow> outcome) =>
        outcome.ThenAsync(version => Task.FromResult<Outcome<ReversibilityPlan>>(new Outcome<ReversibilityPlan>.Accepted(version.ToPlan())));
}
