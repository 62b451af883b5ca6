using Delegation.Contracts.Delegations;
using Delegation.Contracts.EvidenceFiles;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Api;
using Grpc.Core;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>The rpcs of <c>delegation.contracts.v1.AuditFollowUp</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class AuditFollowUpService(CommandRunner commands, FollowUpCommands followUp, Attachments attachments, TenantSessions sessions) : V1.AuditFollowUp.AuditFollowUpBase
{
    private static readonly FileMessages<AttachEvidenceRequest> Form = new(
        first => Attachment.Read(first.DelegationId, ("evidence_request_id", first.EvidenceRequestId), first.FileName, first.File?.ContentType, first.Sha256, first.SizeBytes),
        message => message.File,
        first => first.SizeBytes,
        (first, sha256, file) => new AttachEvidenceRequest(first) { Sha256 = sha256, File = file });

    public override async Task<ListEvidenceRequestsResponse> ListEvidenceRequests(ListEvidenceRequestsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListRequestsAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Requests = { page.Items.Select(one => one.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<ListFindingsResponse> ListFindings(ListFindingsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListFindingsAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Findings = { page.Items.Select(one => one.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task DownloadEvidence(DownloadEvidenceRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var requestId = IdField.Read("evidence_request_id", request.EvidenceRequestId, violations);
        var fileId = IdField.Read("file_id", request.FileId, violations);
        violations.RefuseIfAny();

        var (asked, file) = await FindAsync(delegationId!.Value, requestId!.Value, fileId!.Value, context);
        var party = new FileParty(asked.OwnerId, asked.DelegationId, asked.DelegateId, Visibility.Both);
        await responseStream.SendAsync(context, file.FileName, file.ContentType, sessions.ReadFileAsync(context.Caller(), party, fileId.Value, context.CancellationToken));
    }

    public override Task<EvidenceRequest> AttachEvidence(IAsyncStreamReader<AttachEvidenceRequest> requestStream, ServerCallContext context) =>
        attachments.ReceiveAsync(requestStream, context, Form, async (session, attachment, cancellationToken) =>
        {
            var delegation = (await session.FindSharedDelegationAsync(attachment.Ids.Delegation, cancellationToken)).ValueOrStatus();
            var asked = (await session.FindRequestAsync(delegation, attachment.Ids.Object, isLocked: false, cancellationToken)).ValueOrStatus();
            (FollowUpRefusals.NotAsked(asked, session.Caller.Side) ?? FollowUpMoves.Attach(asked, new EvidenceFile())).ValueOrStatus();
        }, followUp.AttachAsync);

    public override Task<EvidenceRequest> AskEvidence(AskEvidenceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => followUp.AskAsync(session, request, cancellationToken));

    public override Task<EvidenceRequest> AnswerEvidence(AnswerEvidenceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => followUp.AnswerAsync(session, request, cancellationToken));

    public override Task<EvidenceRequest> AcceptEvidence(AcceptEvidenceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => followUp.AcceptAsync(session, request, cancellationToken));

    public override Task<AuditFinding> RecordFinding(RecordFindingRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => followUp.RecordAsync(session, request, cancellationToken));

    public override Task<AuditFinding> SetCorrectivePlan(SetCorrectivePlanRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => followUp.PlanAsync(session, request, cancellationToken));

    public override Task<AuditFinding> CompletePlan(CompletePlanRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => followUp.CompleteAsync(session, request, cancellationToken));

    public override Task<AuditFinding> ValidateClosure(ValidateClosureRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => followUp.ValidateAsync(session, request, cancellationToken));

    private async Task<(EvidenceRow Request, EvidenceFile File)> FindAsync(Guid delegationId, Guid requestId, Guid fileId, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId, context.CancellationToken)).ValueOrStatus();
        var request = (await session.FindRequestAsync(delegation, requestId, isLocked: false, context.CancellationToken)).ValueOrStatus();
        var file = request.ReadFiles().FirstOrDefault(file => file.Id == fileId.ToString());
        (file is null ? FollowUpRefusals.FileNotFound : new Outcome<EvidenceRow>.Accepted(request)).ValueOrStatus();
        return (request, file!);
    }
}
