using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.SetUp;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfSetUp : IRecordedCalls
{
    private static readonly Role[] Roles = [Role.DelegationManager, Role.ProjectLead, Role.Reporting];

    public IEnumerable<RecordedCall> All =>
    [
        new(ReportCatalogues.Descriptor, "GetReportCatalogue", Who.AnyMember(), async scene =>
        {
            var (two, project, _) = await scene.ReportAsync();
            return (two.Delegate, new GetReportCatalogueRequest { ProjectId = project.Id });
        }),
        new(ReportCatalogues.Descriptor, "SetReportCalendar", Who.Members(Roles), async scene =>
        {
            var (two, project, reportId) = await scene.ReportAsync();
            return (two.Delegate, PreparingSetUp.Calendar(await scene.CatalogueAsync(two.Delegate, project.Id), reportId));
        }),
        new(ReportCatalogues.Descriptor, "AgreeReportCatalogue", Who.BothSides(Roles), async scene =>
        {
            var (two, catalogue) = await scene.CatalogueAsync();
            return (two.Delegate, PreparingSetUp.Agreeing(catalogue));
        }),
        new(TestDeliveries.Descriptor, "RecordTestDelivery", Who.MembersOf(Side.Delegate, Roles), async scene =>
        {
            var (two, project, reportId) = await scene.ReportAsync();
            // Amounts may be negative: nothing that the walk puts there is refused.
            return (two.Delegate, new RecordTestDeliveryRequest(PreparingSetUp.Recording(project.Id, reportId)) { Count = PreparingSetUp.Count(1200, ("Prestations", 1200, 0)) });
        }),
        new(TestDeliveries.Descriptor, "GetTestDelivery", Who.AnyMember(), async scene =>
        {
            var (two, delivery) = await scene.DeliveryAsync();
            return (two.Insurer, new GetTestDeliveryRequest { ProjectId = delivery.ProjectId, TestDeliveryId = delivery.Id });
        }),
        new(TestDeliveries.Descriptor, "ListTestDeliveries", Who.AnyMember(), async scene =>
        {
            var (two, delivery) = await scene.DeliveryAsync();
            return (two.Insurer, new ListTestDeliveriesRequest { ProjectId = delivery.ProjectId, ReportId = delivery.ReportId });
        }),
        new(TestDeliveries.Descriptor, "CountTestDelivery", Who.Members(Roles), async scene =>
        {
            var (two, delivery) = await scene.DeliveryAsync();
            return (two.Insurer, PreparingSetUp.Counting(delivery, PreparingSetUp.Count(1200, ("Prestations – optique", 400, 0))));
        }),
        new(TestDeliveries.Descriptor, "ExplainDifference", Who.Members(Roles), async scene =>
        {
            var (two, delivery) = await scene.DifferenceAsync();
            return (two.Insurer, PreparingSetUp.Explaining(delivery));
        }),
        new(TestDeliveries.Descriptor, "AcceptDifferences", Who.BothSides(Roles), async scene =>
        {
            var (two, delivery) = await scene.ExplainedAsync();
            return (two.Insurer, PreparingSetUp.Accepting(delivery));
        }),
    ];
}
