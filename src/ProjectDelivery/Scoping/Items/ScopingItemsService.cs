using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ProjectDelivery.Launch;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>The rpcs of <c>delegation.delivery.v1.ScopingItems</c>. What each means is in the contract.</summary>
internal sealed class ScopingItemsService(CommandRunner commands, ItemCommands items) : ScopingItems.ScopingItemsBase
{
    public override async Task<Deliverable> GetDeliverable(GetDeliverableRequest request, ServerCallContext context) => (await items.GetAsync(
        ItemKinds.Deliverables, context.Caller(), PlanIds.Read(request.ProjectId, "deliverable_id", request.DeliverableId, []), context.CancellationToken)).ToMessage();

    public override async Task<ListDeliverablesResponse> ListDeliverables(ListDeliverablesRequest request, ServerCallContext context)
    {
        var page = await items.ListAsync(
            ItemKinds.Deliverables, context.Caller(), request.ProjectId, request.State, request.PageSize, request.PageToken, context.CancellationToken);
        return new ListDeliverablesResponse { Deliverables = { page.Items.Select(item => item.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Deliverable> UpdateDeliverable(UpdateDeliverableRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var edit = ItemFields.Read(request, violations);
        var ids = PlanIds.Read(request.ProjectId, "deliverable_id", request.DeliverableId, violations);
        return commands.RunAsync<UpdateDeliverableRequest, Deliverable>(
            request, context,
            async (session, cancellation) => await (await items.EditAsync(
                ItemKinds.Deliverables, session, ids, request.Etag, edit, item => new DeliverableChanged { Deliverable = item.ToMessage() }, cancellation)).ThenAsync(
                    item => Accepted(item.ToMessage())));
    }

    public override Task<Deliverable> ValidateDeliverable(ValidateDeliverableRequest request, ServerCallContext context)
    {
        var ids = PlanIds.Read(request.ProjectId, "deliverable_id", request.DeliverableId, []);
        return commands.RunAsync<ValidateDeliverableRequest, Deliverable>(
            request, context,
            async (session, cancellation) => await (await items.ValidateAsync(
                session, ids, request.Etag, item => new DeliverableChanged { Deliverable = item.ToMessage() }, cancellation)).ThenAsync(
                    item => Accepted(item.ToMessage())));
    }

    public override async Task<TakeOverLot> GetTakeOverLot(GetTakeOverLotRequest request, ServerCallContext context) => (await items.GetAsync(
        ItemKinds.TakeOverLots, context.Caller(), PlanIds.Read(request.ProjectId, "lot_id", request.LotId, []), context.CancellationToken)).ToMessage();

    public override async Task<ListTakeOverLotsResponse> ListTakeOverLots(ListTakeOverLotsRequest request, ServerCallContext context)
    {
        var page = await items.ListAsync(
            ItemKinds.TakeOverLots, context.Caller(), request.ProjectId, request.State, request.PageSize, request.PageToken, context.CancellationToken);
        return new ListTakeOverLotsResponse { TakeOverLots = { page.Items.Select(item => item.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<TakeOverLot> UpdateTakeOverLot(UpdateTakeOverLotRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var edit = ItemFields.Read(request, violations);
        var ids = PlanIds.Read(request.ProjectId, "lot_id", request.LotId, violations);
        return commands.RunAsync<UpdateTakeOverLotRequest, TakeOverLot>(
            request, context,
            async (session, cancellation) => await (await items.EditAsync(
                ItemKinds.TakeOverLots, session, ids, request.Etag, edit, item => new TakeOverLotChanged { Lot = item.ToMessage() }, cancellation)).ThenAsync(
                    item => Accepted(item.ToMessage())));
    }

    public override async Task<ReportDefinition> GetReportDefinition(GetReportDefinitionRequest request, ServerCallContext context) => (await items.GetAsync(
        ItemKinds.ReportDefinitions, context.Caller(), PlanIds.Read(request.ProjectId, "report_id", request.ReportId, []), context.CancellationToken)).ToMessage();

    public override async Task<ListReportDefinitionsResponse> ListReportDefinitions(ListReportDefinitionsRequest request, ServerCallContext context)
    {
        var page = await items.ListAsync(
            ItemKinds.ReportDefinitions, context.Caller(), request.ProjectId, request.State, request.PageSize, request.PageToken, context.CancellationToken);
        return new ListReportDefinitionsResponse { ReportDefinitions = { page.Items.Select(item => item.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<ReportDefinition> UpdateReportDefinition(UpdateReportDefinitionRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var edit = ItemFields.Read(request, violations);
        var ids = PlanIds.Read(request.ProjectId, "report_id", request.ReportId, violations);
        return commands.RunAsync<UpdateReportDefinitionRequest, ReportDefinition>(
            request, context,
            async (session, cancellation) => await (await items.EditAsync(
                ItemKinds.ReportDefinitions, session, ids, request.Etag, edit, item => new ReportDefinitionChanged { Report = item.ToMessage() }, cancellation)).ThenAsync(
                    item => Accepted(item.ToMessage())));
    }

    public override async Task<AcceptanceCase> GetAcceptanceCase(GetAcceptanceCaseRequest request, ServerCallContext context) => (await items.GetAsync(
        ItemKinds.AcceptanceCases, context.Caller(), PlanIds.Read(request.ProjectId, "case_id", request.CaseId, []), context.CancellationToken)).ToMessage();

    public override async Task<ListAcceptanceCasesResponse> ListAcceptanceCases(ListAcceptanceCasesRequest request, ServerCallContext context)
    {
        var page = await items.ListAsync(
            ItemKinds.AcceptanceCases, context.Caller(), request.ProjectId, request.State, request.PageSize, request.PageToken, context.CancellationToken);
        return new ListAcceptanceCasesResponse { AcceptanceCases = { page.Items.Select(item => item.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<AcceptanceCase> UpdateAcceptanceCase(UpdateAcceptanceCaseRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var edit = ItemFields.Read(request, violations);
        var ids = PlanIds.Read(request.ProjectId, "case_id", request.CaseId, violations);
        return commands.RunAsync<UpdateAcceptanceCaseRequest, AcceptanceCase>(
            request, context,
            async (session, cancellation) => await (await items.EditAsync(
                ItemKinds.AcceptanceCases, session, ids, request.Etag, edit, item => new AcceptanceCaseChanged { AcceptanceCase = item.ToMessage() }, cancellation)).ThenAsync(
                    item => Accepted(item.ToMessage())));
    }

    private static Task<Outcome<T>> Accepted<T>(T message) => Task.FromResult<Outcome<T>>(new Outcome<T>.Accepted(message));
}
