using Delegation.Access.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using RequestState = Delegation.Contracts.V1.EvidenceRequest.Types.State;
using State = Delegation.Contracts.V1.AuditFinding.Types.State;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>What the journal says of requests and findings, and whom they wait for since.</summary>
internal static class FollowUpJournal
{
    private const string Request = "evidence_request";
    private const string Finding = "audit_finding";

    private static readonly Role[] Responsible = [Role.DelegationManager, Role.Compliance, Role.DataProtectionOfficer];

    /// <summary>Writes that a request changed, to both sides, and keeps the work lists of both in step.</summary>
    public static async Task AppendRequestAsync(this DatabaseSession session, EvidenceRow request, IMessage happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        var party = (request.OwnerId, request.DelegationId, request.DelegateId);
        await session.AppendAsync(new JournalEvent(party.OwnerId, party.DelegationId, party.DelegateId, Visibility.Both, Request, request.Id, request.Revision, happened), clock, cancellationToken);
        await session.KeepAsync(party, new("audit.answer", Request, request.Id, request.Audited), request.IsIn(RequestState.Asked), request.DueDay, new(
            $"Answer the auditors: {request.Title}", $"Répondre aux auditeurs : {request.Title}"), clock, cancellationToken);
        await session.KeepAsync(party, new("audit.accept", Request, request.Id, request.Recorder), request.IsIn(RequestState.Answered), request.DueDay, new(
            $"Look at what was answered: {request.Title}", $"Examiner la réponse : {request.Title}"), clock, cancellationToken);
    }

    /// <summary>Writes that a finding changed, to both sides, and keeps the work lists of both in step.</summary>
    public static async Task AppendFindingAsync(this DatabaseSession session, FindingRow finding, IMessage happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        var party = (finding.OwnerId, finding.DelegationId, finding.DelegateId);
        await session.AppendAsync(new JournalEvent(party.OwnerId, party.DelegationId, party.DelegateId, Visibility.Both, Finding, finding.Id, finding.Revision, happened), clock, cancellationToken);
        await session.KeepAsync(party, new("audit.plan", Finding, finding.Id, finding.Audited), finding.IsIn(State.Open), null, new(
            $"Say what is done about the finding: {finding.Title}", $"Proposer un plan correctif : {finding.Title}"), clock, cancellationToken);
        await session.KeepAsync(party, new("audit.correct", Finding, finding.Id, finding.Audited), finding.IsIn(State.Planned), finding.DueDay, new(
            $"Carry out the corrective plan: {finding.Title}", $"Réaliser le plan correctif : {finding.Title}"), clock, cancellationToken);
        await session.KeepAsync(party, new("audit.validate", Finding, finding.Id, finding.Other), finding.IsIn(State.Done), finding.DueDay, new(
            $"Validate the closure of the finding: {finding.Title}", $"Valider la clôture du constat : {finding.Title}"), clock, cancellationToken);
    }

    /// <summary>Plans when an object is looked at for being late.</summary>
    public static Task PlanDeadlineAsync(
        this TenantSession session, string kind, (Guid OwnerId, Guid DelegationId, Guid Id) what, DateTimeOffset? next, CancellationToken cancellationToken) => next is { } time
        ? session.ScheduleAsync(kind, what.OwnerId, what.DelegationId, what.Id, time, cancellationToken)
        : session.CancelScheduledAsync(kind, what.OwnerId, what.DelegationId, what.Id, cancellationToken);

    private static Task KeepAsync(
        this DatabaseSession session, (Guid OwnerId, Guid DelegationId, Guid DelegateId) party, WorkItemKey key, bool isOpen, DateOnly? due, LocalizedText title,
        TimeProvider clock, CancellationToken cancellationToken) => isOpen
        ? session.OpenWorkItemAsync(new OpenWork(key, party.OwnerId, party.DelegationId, party.DelegateId, title) { Roles = Responsible, DueDay = due }, clock, cancellationToken)
        : session.CloseWorkItemAsync(key, clock, cancellationToken);
}
