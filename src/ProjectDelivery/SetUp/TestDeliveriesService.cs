using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>The rpcs of <c>delegation.delivery.v1.TestDeliveries</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class TestDeliveriesService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : TestDeliveries.TestDeliveriesBase
{
    private const int ExplanationLength = 1000;
    private const int LabelLength = 200;

    public override Task<TestDelivery> RecordTestDelivery(RecordTestDeliveryRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => RecordAsync(session, request, cancellation));

    public override async Task<TestDelivery> GetTestDelivery(GetTestDeliveryRequest request, ServerCallContext context)
    {
        var (projectId, id) = PlanIds.Read(request.ProjectId, "test_delivery_id", request.TestDeliveryId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var delivery = (await session.FindDeliveryAsync(project, id, context.CancellationToken)).ValueOrStatus();
        return delivery.ToMessage(await session.ListLinesAsync(delivery, context.CancellationToken));
    }

    public override async Task<ListTestDeliveriesResponse> ListTestDeliveries(ListTestDeliveriesRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var reportId = IdField.ReadOptional("report_id", request.ReportId, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var page = (await session.ListDeliveriesAsync(project, reportId, asked, context.CancellationToken)).ToPage(asked, row => new PageKey(default, row.Id));

        return new ListTestDeliveriesResponse { TestDeliveries = { page.Items.Select(row => row.ToMessage([])) }, NextPageToken = page.NextPageToken };
    }

    public override Task<TestDelivery> CountTestDelivery(CountTestDeliveryRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => CountAsync(session, request, cancellation));

    public override Task<TestDelivery> ExplainDifference(ExplainDifferenceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => ExplainAsync(session, request, cancellation));

    public override Task<TestDelivery> AcceptDifferences(AcceptDifferencesRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => AcceptAsync(session, request, cancellation));

    private async Task<Outcome<TestDelivery>> RecordAsync(TenantSession session, RecordTestDeliveryRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = DeliveryFields.Read(request, violations);
        var (projectId, reportId) = PlanIds.Read(request.ProjectId, "report_id", request.ReportId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        if (ProjectChange.NeedsAProjectInProgress<TestDelivery>(project) is { } closed)
            return closed;

        var found = await ItemTables.ReportDefinitions.FindAsync(session, project, reportId, cancellationToken);
        var report = ReportRefusals.NeedsAReport(found is { State: not ItemStates.Retired } ? found : null).ValueOrStatus();
        var latest = (await session.ListLatestDeliveriesAsync(project, cancellationToken)).FirstOrDefault(delivery => delivery.ReportId == reportId);

        if (latest is { In: not TestDelivery.Types.State.Agreed })
            await ReplaceAsync(session, project, latest, cancellationToken);

        var now = clock.GetUtcNow();
        var delivery = fields!.NewDelivery(project, report, 1 + (latest?.Number ?? 0), NewId.At(now), now.InMicroseconds());
        var lines = Reconciliation.Reconcile(new Dictionary<string, CountedLine>(), fields.Count, []);
        await session.InsertDeliveryAsync(delivery, cancellationToken);
        await session.ReplaceLinesAsync(delivery, lines, cancellationToken);
        return await ToldAsync(session, project, delivery, lines, message => new TestDeliveryRecorded { TestDelivery = message }, cancellationToken);
    }

    private async Task ReplaceAsync(TenantSession session, ProjectRow project, TestDeliveryRow latest, CancellationToken cancellationToken)
    {
        var replaced = latest with { State = TestDelivery.Types.State.Replaced.Stored(), Revision = latest.Revision + 1 };
        await session.UpdateDeliveryAsync(replaced, cancellationToken);
        await ToldAsync(session, project, replaced, [], message => new TestDeliveryChanged { TestDelivery = message }, cancellationToken);
    }

    private async Task<Outcome<TestDelivery>> CountAsync(TenantSession session, CountTestDeliveryRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var count = DeliveryFields.ReadCount(request.Count, violations);
        var (project, delivery, lines) = await LoadAsync(session, request.ProjectId, request.TestDeliveryId, violations, cancellationToken);
        if (DeliveryRules.CanChange<TestDelivery>(project, delivery, request.Etag) is { } refused)
            return refused;

        var isInsurer = session.Caller.Side == Side.Insurer;
        var reconciled = Reconciliation.Reconcile(
            isInsurer ? count! : Of(lines, line => line.Insurer), isInsurer ? Of(lines, line => line.Delegate) : count!, lines);
        return await ChangeAsync(session, project, delivery.Counted(reconciled, clock.GetUtcNow().InMicroseconds()), reconciled, cancellationToken);
    }

    private async Task<Outcome<TestDelivery>> ExplainAsync(TenantSession session, ExplainDifferenceRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var label = TextField.ReadText("label", request.Label, LabelLength, violations);
        var explanation = TextField.ReadLine("explanation", request.Explanation, ExplanationLength, violations);
        var (project, delivery, lines) = await LoadAsync(session, request.ProjectId, request.TestDeliveryId, violations, cancellationToken);
        if (DeliveryRules.CanChange<TestDelivery>(project, delivery, request.Etag) is { } refused)
            return refused;

        return await DeliveryRules.Explain(delivery, lines, label!, explanation!, session.Caller.Side.Code()).ThenAsync(
            explained => ChangeAsync(session, project, delivery.Counted(explained, clock.GetUtcNow().InMicroseconds()), explained, cancellationToken));
    }

    private async Task<Outcome<TestDelivery>> AcceptAsync(TenantSession session, AcceptDifferencesRequest request, CancellationToken cancellationToken)
    {
        var (project, delivery, lines) = await LoadAsync(session, request.ProjectId, request.TestDeliveryId, [], cancellationToken);
        if (DeliveryRules.CanChange<TestDelivery>(project, delivery, request.Etag) is { } refused)
            return refused;

        return await DeliveryRules.Accept(delivery, lines, session.Caller.Side, clock.GetUtcNow().InMicroseconds()).ThenAsync(async accepted =>
        {
            await session.UpdateDeliveryAsync(accepted, cancellationToken);
            return await ToldAsync(session, project, accepted, lines, message => new TestDeliveryChanged { TestDelivery = message }, cancellationToken);
        });
    }

    private static Dictionary<string, CountedLine> Of(IReadOnlyList<ReconciledLine> lines, Func<ReconciledLine, CountedLine?> side) =>
        lines.Where(line => side(line) is not null).ToDictionary(line => line.Label, line => side(line)!);

    private static async Task<(ProjectRow Project, TestDeliveryRow Delivery, IReadOnlyList<ReconciledLine> Lines)> LoadAsync(
        TenantSession session, string projectId, string deliveryId, List<FieldViolation> violations, CancellationToken cancellationToken)
    {
        var ids = PlanIds.Read(projectId, "test_delivery_id", deliveryId, violations);
        var project = (await session.LockProjectAsync(ids.ProjectId, cancellationToken)).ValueOrStatus();
        var delivery = (await session.FindDeliveryAsync(project, ids.ItemId, cancellationToken)).ValueOrStatus();
        return (project, delivery, await session.ListLinesAsync(delivery, cancellationToken));
    }

    private async Task<Outcome<TestDelivery>> ChangeAsync(
        TenantSession session, ProjectRow project, TestDeliveryRow delivery, IReadOnlyList<ReconciledLine> lines, CancellationToken cancellationToken)
    {
        await session.UpdateDeliveryAsync(delivery, cancellationToken);
        await session.ReplaceLinesAsync(delivery, lines, cancellationToken);
        return await ToldAsync(session, project, delivery, lines, message => new TestDeliveryChanged { TestDelivery = message }, cancellationToken);
    }

    private async Task<Outcome<TestDelivery>> ToldAsync(
        TenantSession session,
        ProjectRow project,
        TestDeliveryRow delivery,
        IReadOnlyList<ReconciledLine> lines,
        Func<TestDelivery, IMessage> happened,
        CancellationToken cancellationToken)
    {
        var message = delivery.ToMessage(lines);
        await session.AppendAsync(delivery.Parties.Entry(DeliveryWork.ObjectType, delivery.Id, delivery.Revision, happened(message)), clock, cancellationToken);
        await session.KeepDeliveryWorkAsync(delivery, $"{project.Name}, {delivery.FileName}", clock, cancellationToken);
        return new Outcome<TestDelivery>.Accepted(message);
    }
}
