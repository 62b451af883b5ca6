using Delegation.Access.V1;
using Delegation.Reporting.Tests.Reports;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;

namespace Delegation.Reporting.Tests.Access.RecordedCalls;

internal sealed class OfReports : IRecordedCalls
{
    private static readonly Role[] Roles = [Role.DelegationManager, Role.Reporting, Role.Actuary];

    public IEnumerable<RecordedCall> All =>
    [
        new(V1.Reports.Descriptor, "ListReports", Who.AnyMember(), async scene =>
        {
            var (insurer, delegation, _) = await scene.DelegationAsync();
            return (await scene.MemberAsync(insurer, Side.Insurer, Role.Actuary), new ListReportsRequest { DelegationId = delegation.ToString() });
        }),
        new(V1.Reports.Descriptor, "GetReport", Who.AnyMember(), async scene =>
        {
            var (sides, report) = await scene.DueAsync();
            return (sides.Reader, new GetReportRequest { DelegationId = report.DelegationId, ReportId = report.Id });
        }),
        new(V1.Reports.Descriptor, "PublishReport", Who.MembersOf(Side.Delegate, Roles), async scene =>
        {
            var (sides, report) = await scene.DueAsync();
            return (sides.Importer, new PublishReportRequest { DelegationId = report.DelegationId, ReportId = report.Id, Etag = report.Etag });
        }),
        new(V1.Reports.Descriptor, "AcceptReport", Who.MembersOf(Side.Insurer, Roles), async scene =>
        {
            var (sides, report) = await scene.PublishedAsync();
            return (sides.Reader, new AcceptReportRequest { DelegationId = report.DelegationId, ReportId = report.Id, Etag = report.Etag });
        }),
        new(V1.Reports.Descriptor, "DisputeReport", Who.MembersOf(Side.Insurer, Roles), async scene =>
        {
            var (sides, report) = await scene.PublishedAsync();
            return (sides.Reader, PublicationCalls.Dispute(report));
        }),
        new(V1.Reports.Descriptor, "ResolveReportDispute", Who.BothSides(Roles), async scene =>
        {
            var (sides, report) = await scene.PublishedAsync();
            var disputed = await scene.Reports(sides.Reader).DisputeReportAsync(PublicationCalls.Dispute(report));
            return (sides.Importer, new ResolveReportDisputeRequest
            {
                DelegationId = report.DelegationId, ReportId = report.Id, DisputeId = disputed.Disputes[0].Id, Resolution = ReportDispute.Types.Resolution.BothKept, Etag = disputed.Etag,
            });
        }),
        new(V1.Reports.Descriptor, "GetReportContent", Who.AnyMember(), async scene =>
        {
            var (sides, report) = await scene.PublishedAsync();
            return (sides.Reader, new GetReportContentRequest { DelegationId = report.DelegationId, ReportId = report.Id });
        }),
        new(V1.Reports.Descriptor, "ListReportLines", Who.AnyMember(), async scene =>
        {
            var (sides, report) = await scene.PublishedAsync();
            return (sides.Reader, new ListReportLinesRequest { DelegationId = report.DelegationId, ReportId = report.Id, TableKey = MadeUpReport.Table });
        }),
        new(V1.Reports.Descriptor, "ListReportDifferences", Who.AnyMember(), async scene =>
        {
            var (sides, report) = await scene.PublishedAsync();
            return (sides.Reader, new ListReportDifferencesRequest { DelegationId = report.DelegationId, ReportId = report.Id });
        }),
        new(V1.Reports.Descriptor, "DownloadReport", Who.AnyMember(), async scene =>
        {
            var (sides, report) = await scene.PublishedAsync();
            return (sides.Reader, new DownloadReportRequest { DelegationId = report.DelegationId, ReportId = report.Id, Format = DownloadReportRequest.Types.Format.Json });
        }),
    ];
}
