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

namespace Delegation.Contracts.ControlPlans;

/// <summary>The rpcs of <c>delegation.contracts.v1.ControlPlans</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ControlPlansService(CommandRunner commands, ControlPlanCommands plans, ControlCommands controls, Attachments attachments, TenantSessions sessions)
    : V1.ControlPlans.ControlPlansBase
{
    private static readonly FileMessages<AttachControlEvidenceRequest> Form = new(
        first => Attachment.Read(first.DelegationId, ("control_id", first.ControlId), first.FileName, first.File?.ContentType, first.Sha256, first.SizeBytes),
        message => message.File,
        first => first.SizeBytes,
        (first, sha256, file) => new AttachControlEvidenceRequest(first) { Sha256 = sha256, File = file });

    public override async Task<ControlPlan> GetControlPlan(GetControlPlanRequest request, ServerCallContext context)
    {
        var ids = SharedObjectIds.Read(request.DelegationId, "plan_id", request.PlanId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(ids.Delegation, context.CancellationToken)).ValueOrStatus();
        return (await session.FindPlanAsync(delegation, ids.Object, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListControlPlansResponse> ListControlPlans(ListControlPlansRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListPlansAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Plans = { page.Items.Select(plan => plan.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<Control> GetControl(GetControlRequest request, ServerCallContext context) =>
        (await FindAsync(request.DelegationId, request.ControlId, context)).ToMessage();

    public override async Task<ListControlsResponse> ListControls(ListControlsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListControlsAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Controls = { page.Items.Select(control => control.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task DownloadControlEvidence(DownloadControlEvidenceRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        IdField.Read("delegation_id", request.DelegationId, violations);
        IdField.Read("control_id", request.ControlId, violations);
        IdField.Read("file_id", request.FileId, violations);
        violations.RefuseIfAny();

        var control = await FindAsync(request.DelegationId, request.ControlId, context);
        var file = control.Read().Files.FirstOrDefault(file => file.Id == request.FileId);
        (file is null ? ControlRefusals.FileNotFound : new Outcome<ControlRow>.Accepted(control)).ValueOrStatus();
        var party = new FileParty(control.OwnerId, control.DelegationId, control.DelegateId, Visibility.Both);
        await responseStream.SendAsync(context, file!.FileName, file.ContentType, sessions.ReadFileAsync(context.Caller(), party, Guid.Parse(file.Id), context.CancellationToken));
    }

    public override Task<Control> AttachControlEvidence(IAsyncStreamReader<AttachControlEvidenceRequest> requestStream, ServerCallContext context) => attachments.ReceiveAsync(
        requestStream, context, Form, async (session, attachment, cancellationToken) =>
        {
            var delegation = (await session.FindSharedDelegationAsync(attachment.Ids.Delegation, cancellationToken)).ValueOrStatus();
            var control = (await session.FindControlAsync(delegation, attachment.Ids.Object, cancellationToken)).ValueOrStatus();
            Executing.Attach(control.Read(), new EvidenceFile(), session.Caller).ValueOrStatus();
        }, controls.AttachAsync);

    public override Task<ControlPlan> DraftControlPlan(DraftControlPlanRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => plans.DraftAsync(session, request, cancellationToken));

    public override Task<ControlPlan> UpdateControlPlan(UpdateControlPlanRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => plans.UpdateAsync(session, request, cancellationToken));

    public override Task<ControlPlan> AdoptControlPlan(AdoptControlPlanRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => plans.AdoptAsync(session, request, cancellationToken));

    public override Task<Control> ExecuteControl(ExecuteControlRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => controls.ExecuteAsync(session, request, cancellationToken));

    private async Task<ControlRow> FindAsync(string delegationId, string controlId, ServerCallContext context)
    {
        var ids = SharedObjectIds.Read(delegationId, "control_id", controlId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(ids.Delegation, context.CancellationToken)).ValueOrStatus();
        return (await session.FindControlAsync(delegation, ids.Object, context.CancellationToken)).ValueOrStatus();
    }
}
