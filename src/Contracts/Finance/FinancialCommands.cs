using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;

namespace Delegation.Contracts.Finance;

/// <summary>The commands on financial terms.</summary>
internal static class FinancialCommands
{
    public static async Task<Outcome<FinancialVersion>> ProposeAsync(
        TenantSession session, CreateFinancialVersionRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var termsId = IdField.ReadOptional("financial_terms_id", request.FinancialTermsId, violations);
        if (violations.Count > 0)
            return new Outcome<FinancialVersion>.Invalid(violations);

        var proposed = await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
        {
            var versions = termsId is { } id ? await session.ListAllVersionsAsync(FinancialKinds.Terms, delegation, id, cancellationToken) : [];
            if (termsId is not null && versions.Count == 0)
                return JointRefusals.SubjectNotFound<JointVersionRow>(FinancialKinds.Terms);

            if (delegation.Closed<JointVersionRow>() is { } closed)
                return closed;

            var terms = FinancialReading.Read(request.Fee, request.Advance, versions.Count > 0 ? versions[0].ReadFinancial() : null, violations);
            var effectiveDay = DayField.Read("effective_day", request.EffectiveDay, violations);
            var lastDay = JointDays.ReadLastDay(request.LastDay, effectiveDay, violations);
            if (violations.Count > 0)
                return new Outcome<JointVersionRow>.Invalid(violations);

            var content = new JointContent(effectiveDay!.Value, lastDay, JsonFormatter.Default.Format(terms));
            return await JointCommands.ProposeAsync(session, FinancialKinds.Terms, delegation, termsId, aboutId: null, content, clock, cancellationToken);
        });
        return proposed.Map(FinancialKinds.ToFinancial);
    }

    public static async Task<Outcome<FinancialVersion>> ValidateAsync(
        TenantSession session, ValidateFinancialVersionRequest request, TimeProvider clock, CancellationToken cancellationToken) => (await JointCommands.ValidateAsync(
        session, FinancialKinds.Terms, request.DelegationId, request.FinancialVersionId, request.Etag, clock, cancellationToken)).Map(FinancialKinds.ToFinancial);

    public static async Task<Outcome<FinancialVersion>> WithdrawAsync(
        TenantSession session, WithdrawFinancialVersionRequest request, TimeProvider clock, CancellationToken cancellationToken) => (await JointCommands.WithdrawAsync(
        session, FinancialKinds.Terms, request.DelegationId, request.FinancialVersionId, request.Etag, clock, cancellationToken)).Map(FinancialKinds.ToFinancial);
}
