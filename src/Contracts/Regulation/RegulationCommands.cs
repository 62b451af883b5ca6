using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Regulation;

/// <summary>The commands on the questionnaire and on evidence: each locks the delegation, decides, and saves with its entry.</summary>
internal static class RegulationCommands
{
    public static Task<Outcome<DelegationRegimes>> AnswerAsync(
        TenantSession session, AnswerQuestionnaireRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var answers = Answering.Read(request.Answers, violations);
        return LockedAsync<DelegationRegimes>(session, request.DelegationId, violations, async delegation =>
        {
            var current = await session.FindQuestionnaireAsync(delegation, cancellationToken);
            if (Etag.Mismatch<DelegationRegimes>(request.Etag, current.Id, current.Revision) is { } mismatch)
                return mismatch;

            var now = clock.GetUtcNow();
            var answered = current.With(answers, NewId.At(now), session.Caller.PersonId, now.InMicroseconds());
            var regimes = answered.ToMessage(delegation.Id, await session.FindInsurerKindAsync(delegation, cancellationToken));
            await session.SaveQuestionnaireAsync(delegation, answered, cancellationToken);
            await session.AppendAsync(RegulationJournal.Answered(delegation, answered, regimes), clock, cancellationToken);
            return new Outcome<DelegationRegimes>.Accepted(regimes);
        }, cancellationToken);
    }

    public static Task<Outcome<Evidence>> RecordAsync(
        TenantSession session, RecordEvidenceRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var violations = new List<FieldViolation>();
        var row = Recording.Read(request, NewId.At(now), session.Caller.PersonId, now.InMicroseconds(), ParisDays.DayAt(now), violations);
        return LockedAsync<Evidence>(session, request.DelegationId, violations, async delegation =>
        {
            await session.InsertEvidenceAsync(delegation, row, cancellationToken);
            await session.AppendAsync(RegulationJournal.Recorded(delegation, row), clock, cancellationToken);
            return new Outcome<Evidence>.Accepted(row.ToMessage(delegation.Id));
        }, cancellationToken);
    }

    public static Task<Outcome<Evidence>> WithdrawAsync(
        TenantSession session, WithdrawEvidenceRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("evidence_id", request.EvidenceId, violations);
        return LockedAsync<Evidence>(session, request.DelegationId, violations, async delegation =>
        {
            var found = await session.FindEvidenceAsync(delegation, id!.Value, cancellationToken) switch
            {
                null => RegulationRefusals.EvidenceNotFound,
                { WithdrawTime: not null } => RegulationRefusals.EvidenceWithdrawn,
                var row => new Outcome<EvidenceRow>.Accepted(row with { WithdrawTime = clock.GetUtcNow().InMicroseconds() }),
            };
            return await found.ThenAsync<Evidence>(async withdrawn =>
            {
                await session.SaveWithdrawalAsync(delegation, withdrawn, cancellationToken);
                await session.AppendAsync(RegulationJournal.Withdrawn(delegation, withdrawn), clock, cancellationToken);
                return new Outcome<Evidence>.Accepted(withdrawn.ToMessage(delegation.Id));
            });
        }, cancellationToken);
    }

    /// <summary>Continues with the delegation, locked and not closed; with violations nothing is read of one that is not the caller's.</summary>
    internal static async Task<Outcome<T>> LockedAsync<T>(
        TenantSession session,
        string delegationId,
        List<FieldViolation> violations,
        Func<SharedDelegation, Task<Outcome<T>>> command,
        CancellationToken cancellationToken)
    {
        if (IdField.Read("delegation_id", delegationId, violations) is not { } id)
            return new Outcome<T>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(id, cancellationToken)).ThenAsync(async delegation =>
            violations.Count > 0 ? new Outcome<T>.Invalid(violations) : delegation.Closed<T>() ?? await command(delegation));
    }
}
