using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Contracts.Onboarding;

/// <summary>The rpc of <c>delegation.contracts.v1.Onboarding</c>.</summary>
internal sealed class OnboardingService(TenantSessions sessions, TimeProvider clock) : V1.Onboarding.OnboardingBase
{
    public override async Task<Checklist> GetChecklist(GetChecklistRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.ReadOptional("delegation_id", request.DelegationId, violations);
        if (violations.Count > 0)
            return new Outcome<Checklist>.Invalid(violations).ValueOrStatus();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var organization = (await session.FindOrganizationFactsAsync(context.CancellationToken)).ValueOrStatus();
        var delegation = delegationId is { } id
            ? (await session.FindDelegationFactsAsync(id, ParisDays.DayAt(clock.GetUtcNow()), context.CancellationToken)).ValueOrStatus()
            : null;

        return Readiness.Of(organization, delegation, Language.Of(context.RequestHeaders.GetValue("accept-language")));
    }
}
