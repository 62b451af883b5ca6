using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Reporting.Operational;

/// <summary>The rpcs of <c>delegation.reporting.v1.Measures</c>. What each means is in the contract.</summary>
internal sealed class MeasuresService(CommandRunner commands, TenantSessions sessions, MeasureRecording recording, MeasureCommands disputes) : Measures.MeasuresBase
{
    public override Task<RecordMeasuresResponse> RecordMeasures(RecordMeasuresRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => recording.RecordAsync(session, request, cancellation));

    public override Task<CommitmentMeasure> DisputeMeasure(DisputeMeasureRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => disputes.DisputeAsync(session, request, cancellation));

    public override Task<CommitmentMeasure> ResolveMeasure(ResolveMeasureRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => disputes.ResolveAsync(session, request, cancellation));

    public override async Task<ListMeasuresResponse> ListMeasures(ListMeasuresRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var commitmentId = IdField.ReadOptional("commitment_id", request.CommitmentId, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id!.Value, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListMeasuresAsync(delegation, commitmentId, request.BreachedOnly, asked, context.CancellationToken);
        return new ListMeasuresResponse { Measures = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<CommitmentMeasure> GetMeasure(GetMeasureRequest request, ServerCallContext context)
    {
        var (delegationId, id) = ReadIds(request.DelegationId, request.MeasureId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindMeasureAsync(delegation, id, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListLateOperationsResponse> ListLateOperations(ListLateOperationsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var (delegationId, id) = ReadIds(request.DelegationId, request.MeasureId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId, context.CancellationToken)).ValueOrStatus();
        (await session.FindMeasureAsync(delegation, id, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListLateAsync(delegation, id, asked, context.CancellationToken);
        return new ListLateOperationsResponse { LateOperations = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    private static (Guid Delegation, Guid Measure) ReadIds(string delegationId, string measureId, List<FieldViolation> violations)
    {
        var delegation = IdField.Read("delegation_id", delegationId, violations);
        var measure = IdField.Read("measure_id", measureId, violations);
        violations.RefuseIfAny();
        return (delegation!.Value, measure!.Value);
    }
}
