using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;

namespace Delegation.Contracts.Commitments;

/// <summary>The commands on commitments: each locks the delegation, reads the terms, and goes the way of what both sides validate.</summary>
internal static class CommitmentCommands
{
    private static readonly FieldViolation TermsRequired = TermViolations.Required("terms", "the terms of the commitment", "les conditions de l'engagement");

    private static readonly FieldViolation IndicatorChanged = new(
        "terms.indicator_code",
        "INDICATOR_CODE_CHANGED",
        new("All versions of a commitment have the same indicator.", "Toutes les versions d'un engagement portent sur le même indicateur."),
        new("Keep the indicator, or propose another commitment.", "Conservez l'indicateur, ou proposez un autre engagement."));

    public static async Task<Outcome<CommitmentVersion>> ProposeAsync(
        TenantSession session, CreateCommitmentVersionRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var commitmentId = IdField.ReadOptional("commitment_id", request.CommitmentId, violations);
        if (violations.Count > 0)
            return new Outcome<CommitmentVersion>.Invalid(violations);

        var proposed = await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
        {
            var versions = commitmentId is { } id ? await session.ListAllVersionsAsync(CommitmentKinds.Commitment, delegation, id, cancellationToken) : [];
            if (commitmentId is not null && versions.Count == 0)
                return JointRefusals.SubjectNotFound<JointVersionRow>(CommitmentKinds.Commitment);

            if (delegation.Closed<JointVersionRow>() is { } closed)
                return closed;

            var terms = await TermsOfAsync(session, request, violations, cancellationToken);
            var content = await ReadAsync(
                session, delegation, terms, DayField.Read("effective_day", request.EffectiveDay, violations), request.LastDay, versions.Count > 0 ? versions[0].ReadCommitment().IndicatorCode : null, violations, cancellationToken);
            return content is null
                ? new Outcome<JointVersionRow>.Invalid(violations)
                : await JointCommands.ProposeAsync(session, CommitmentKinds.Commitment, delegation, commitmentId, aboutId: null, content, clock, cancellationToken);
        });
        return proposed.Map(CommitmentKinds.ToCommitment);
    }

    public static async Task<Outcome<CommitmentVersion>> ChangeAsync(
        TenantSession session, UpdateCommitmentVersionRequest request, TimeProvider clock, CancellationToken cancellationToken) => (await JointCommands.LockAsync(
        session, CommitmentKinds.Commitment, request.DelegationId, request.CommitmentVersionId, async (delegation, version) =>
        {
            if (JointRefusals.NotChangeable(version, request.Etag) is { } refusal)
                return refusal;

            var violations = new List<FieldViolation>();
            var effectiveDay = DayField.ReadOptional("effective_day", request.EffectiveDay, violations) ?? version.EffectiveDay;
            var lastDay = JointDays.LastDayOf(request.LastDay, request.NoLastDay, version, violations);
            var former = version.ReadCommitment();
            var content = await ReadAsync(
                session, delegation, request.Terms ?? former, effectiveDay, lastDay, version.Number > 1 ? former.IndicatorCode : null, violations, cancellationToken);
            return content is null
                ? new Outcome<JointVersionRow>.Invalid(violations)
                : await JointCommands.ChangeAsync(session, CommitmentKinds.Commitment, version, content, clock, cancellationToken);
        }, cancellationToken)).Map(CommitmentKinds.ToCommitment);

    public static async Task<Outcome<CommitmentVersion>> ValidateAsync(
        TenantSession session, ValidateCommitmentVersionRequest request, TimeProvider clock, CancellationToken cancellationToken) => (await JointCommands.LockAsync(
        session, CommitmentKinds.Commitment, request.DelegationId, request.CommitmentVersionId, async (delegation, version) =>
        {
            var broken = new List<FieldViolation>();
            var indicators = await session.ReadIndicatorsAsync(cancellationToken);
            CommitmentReading.Read(version.ReadCommitment(), indicators, ScopeProposals.CoverageOf(delegation), version.EffectiveDay, broken);
            return await JointCommands.ConsentAsync(session, CommitmentKinds.Commitment, delegation, version, request.Etag, broken, clock, cancellationToken);
        }, cancellationToken)).Map(CommitmentKinds.ToCommitment);

    public static async Task<Outcome<CommitmentVersion>> WithdrawAsync(
        TenantSession session, WithdrawCommitmentVersionRequest request, TimeProvider clock, CancellationToken cancellationToken) => (await JointCommands.WithdrawAsync(
        session, CommitmentKinds.Commitment, request.DelegationId, request.CommitmentVersionId, request.Etag, clock, cancellationToken)).Map(CommitmentKinds.ToCommitment);

    private static async Task<CommitmentTerms?> TermsOfAsync(
        TenantSession session, CreateCommitmentVersionRequest request, List<FieldViolation> violations, CancellationToken cancellationToken)
    {
        if (request.OfferCode.Length == 0)
        {
            if (request.Terms is null)
                violations.Add(TermsRequired);

            return request.Terms;
        }

        // PostgreSQL keeps no text with this character, and would not even look for one.
        var offer = request.OfferCode.Contains('\0', StringComparison.Ordinal) ? null : await session.FindOfferAsync(request.OfferCode, cancellationToken);
        if (offer is null)
            violations.Add(TermViolations.Unknown("offer_code"));

        return offer?.Completed(request.Terms);
    }

    // Null with violations. Where there are other versions, their indicator is that of the commitment.
    private static async Task<JointContent?> ReadAsync(
        TenantSession session,
        SharedDelegation delegation,
        CommitmentTerms? terms,
        DateOnly? effectiveDay,
        string lastDay,
        string? indicatorCode,
        List<FieldViolation> violations,
        CancellationToken cancellationToken)
    {
        var last = JointDays.ReadLastDay(lastDay, effectiveDay, violations);
        if (terms is null)
            return null;

        var read = CommitmentReading.Read(terms, await session.ReadIndicatorsAsync(cancellationToken), ScopeProposals.CoverageOf(delegation), effectiveDay, violations);
        if (indicatorCode is not null && read.IndicatorCode.Length > 0 && read.IndicatorCode != indicatorCode)
            violations.Add(IndicatorChanged);

        return violations.Count > 0 ? null : new JointContent(effectiveDay!.Value, last, JsonFormatter.Default.Format(read));
    }
}
