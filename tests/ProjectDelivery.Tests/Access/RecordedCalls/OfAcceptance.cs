using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Acceptance;
using Delegation.TestKit.Access;
using static Delegation.ProjectDelivery.Tests.Acceptance.PreparingAcceptance;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfAcceptance : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Campaigns.Descriptor, "CreateCampaign", Doers, async scene =>
        {
            var tested = await scene.CampaignAsync();
            var request = NewCampaign(tested.ProjectId);
            request.CaseIds.Add(tested.Case.CaseId);
            return (tested.Two.Delegate, request);
        }),
        new(Campaigns.Descriptor, "GetCampaign", Who.AnyMember(), async scene =>
        {
            var tested = await scene.CampaignAsync();
            return (tested.Two.Delegate, new GetCampaignRequest { ProjectId = tested.ProjectId, CampaignId = tested.Campaign.Id });
        }),
        new(Campaigns.Descriptor, "ListCampaigns", Who.AnyMember(), async scene =>
        {
            var tested = await scene.CampaignAsync();
            return (tested.Two.Delegate, new ListCampaignsRequest { ProjectId = tested.ProjectId });
        }),
        new(Campaigns.Descriptor, "AddCampaignCases", Doers, async scene =>
        {
            var tested = await scene.CampaignAsync();
            return (tested.Two.Delegate, new AddCampaignCasesRequest { ProjectId = tested.ProjectId, CampaignId = tested.Campaign.Id, CaseIds = { tested.Case.CaseId } });
        }),
        new(Campaigns.Descriptor, "WriteCase", Doers, async scene =>
        {
            var tested = await scene.CampaignAsync();
            return (tested.Two.Delegate, NewCase(tested.Campaign));
        }),
        new(Campaigns.Descriptor, "ListCampaignCases", Who.AnyMember(), async scene =>
        {
            var tested = await scene.CampaignAsync();
            return (tested.Two.Delegate, new ListCampaignCasesRequest { ProjectId = tested.ProjectId, CampaignId = tested.Campaign.Id });
        }),
        new(Campaigns.Descriptor, "RecordRun", Doers, async scene =>
        {
            var tested = await scene.CampaignAsync();
            return (tested.Two.Delegate, Failed(tested));
        }),
        new(Campaigns.Descriptor, "ListRuns", Who.AnyMember(), async scene =>
        {
            var (tested, _) = await scene.AnomalyAsync();
            return (tested.Two.Delegate, new ListRunsRequest { ProjectId = tested.ProjectId, CampaignId = tested.Campaign.Id });
        }),
        new(Anomalies.Descriptor, "GetAnomaly", Who.AnyMember(), async scene =>
        {
            var (tested, anomaly) = await scene.AnomalyAsync();
            return (tested.Two.Delegate, new GetAnomalyRequest { ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id });
        }),
        new(Anomalies.Descriptor, "ListAnomalies", Who.AnyMember(), async scene =>
        {
            var (tested, anomaly) = await scene.AnomalyAsync();
            return (tested.Two.Delegate, new ListAnomaliesRequest { ProjectId = anomaly.ProjectId });
        }),
        new(Anomalies.Descriptor, "UpdateAnomaly", Doers, async scene =>
        {
            var (tested, anomaly) = await scene.AnomalyAsync();
            return (tested.Two.Delegate, Whole(anomaly));
        }),
        new(Anomalies.Descriptor, "FixAnomaly", Doers, async scene =>
        {
            var (tested, anomaly) = await scene.AnomalyAsync();
            return (tested.Two.Delegate, new FixAnomalyRequest { ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id, Fix = "Taux corrigé.", Etag = anomaly.Etag });
        }),
        new(Anomalies.Descriptor, "CloseAnomaly", Doers, async scene =>
        {
            var (tested, anomaly) = await scene.AnomalyAsync();
            await scene.FixAsync(tested, anomaly);
            await scene.RunAsync(tested.Two.Insurer, Passed(tested));
            var retested = await scene.ReadAsync(tested, anomaly);
            return (tested.Two.Insurer, new CloseAnomalyRequest { ProjectId = anomaly.ProjectId, AnomalyId = anomaly.Id, Etag = retested.Etag });
        }),
        new(Anomalies.Descriptor, "SettleAnomaly", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (tested, anomaly) = await scene.AnomalyAsync();
            return (tested.Two.Delegate, Settlement(anomaly, "Corrigé en version 2."));
        }),
        new(AcceptanceReports.Descriptor, "IssueAcceptanceReport", Leads, async scene =>
        {
            var tested = await scene.CampaignAsync();
            await scene.RunAsync(tested.Two.Insurer, Passed(tested));
            return (tested.Two.Delegate, PreparingAcceptance.Acceptance(tested));
        }),
        new(AcceptanceReports.Descriptor, "GetAcceptanceReport", Who.AnyMember(), async scene =>
        {
            var (tested, report) = await scene.ReportAsync();
            return (tested.Two.Delegate, new GetAcceptanceReportRequest { ProjectId = report.ProjectId, ReportId = report.Id });
        }),
        new(AcceptanceReports.Descriptor, "ListAcceptanceReports", Who.AnyMember(), async scene =>
        {
            var (tested, report) = await scene.ReportAsync();
            return (tested.Two.Delegate, new ListAcceptanceReportsRequest { ProjectId = report.ProjectId });
        }),
        new(AcceptanceReports.Descriptor, "DownloadAcceptanceReport", Who.AnyMember(), async scene =>
        {
            var (tested, report) = await scene.ReportAsync();
            await scene.SealAsync(tested.Two, report);
            return (tested.Two.Delegate, new DownloadAcceptanceReportRequest { ProjectId = report.ProjectId, ReportId = report.Id });
        }),
        new(AcceptanceReports.Descriptor, "SignAcceptanceReport", Who.BothSides(Role.DelegationManager, Role.Signatory), async scene =>
        {
            var (tested, report) = await scene.ReportAsync();
            return (tested.Two.Delegate, Signature(report));
        }),
        new(AcceptanceReports.Descriptor, "WithdrawAcceptanceReport", Leads, async scene =>
        {
            var (tested, report) = await scene.ReportAsync();
            return (tested.Two.Delegate, new WithdrawAcceptanceReportRequest { ProjectId = report.ProjectId, ReportId = report.Id, Etag = report.Etag });
        }),
    ];

    private static AccessRule Leads => Who.Members(Role.DelegationManager, Role.ProjectLead);

    private static AccessRule Doers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations);
}
