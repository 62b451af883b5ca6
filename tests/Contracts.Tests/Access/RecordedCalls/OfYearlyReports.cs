using Delegation.Access.V1;
using Delegation.Contracts.Tests.YearlyReports;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

/// <summary>The delegate's yearly reports.</summary>
internal sealed class OfYearlyReports : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(V1.YearlyReports.Descriptor, "GetYearlyReportTerms", Who.AnyMember(), async scene =>
        {
            var (terms, _, tpa) = await scene.ReportTermsAsync();
            return (tpa, new GetYearlyReportTermsRequest { DelegationId = terms.DelegationId });
        }),
        new(V1.YearlyReports.Descriptor, "SetYearlyReportTerms", Who.MembersOf(Side.Insurer, Role.DelegationManager, Role.Compliance), async scene =>
        {
            var (terms, insurer, _) = await scene.ReportTermsAsync();
            return (insurer, ReportCalls.Terms(terms));
        }),
        new(V1.YearlyReports.Descriptor, "GetYearlyReport", Who.AnyMember(), async scene =>
        {
            var (report, insurer, _) = await scene.SubmittedReportAsync();
            return (insurer, ReportCalls.Get(report));
        }),
        new(V1.YearlyReports.Descriptor, "ListYearlyReports", Who.AnyMember(), async scene =>
        {
            var (report, insurer, _) = await scene.SubmittedReportAsync();
            return (insurer, new ListYearlyReportsRequest { DelegationId = report.DelegationId });
        }),
        new(V1.YearlyReports.Descriptor, "UploadYearlyReport", Who.MembersOf(Side.Delegate, Role.DelegationManager, Role.Compliance, Role.Reporting), async scene =>
        {
            var (report, _, tpa) = await scene.ExpectedReportAsync();
            return (tpa, ReportCalls.Upload(report));
        }),
        new(V1.YearlyReports.Descriptor, "SubmitYearlyReport", Who.MembersOf(Side.Delegate, Role.DelegationManager, Role.Compliance), async scene =>
        {
            var (report, _, tpa) = await scene.ExpectedReportAsync();
            return (tpa, ReportCalls.Submit(await scene.UploadAsync(report, tpa)));
        }),
        new(V1.YearlyReports.Descriptor, "DownloadYearlyReport", Who.AnyMember(), async scene =>
        {
            var (report, insurer, _) = await scene.SubmittedReportAsync();
            return (insurer, new DownloadYearlyReportRequest { DelegationId = report.DelegationId, YearlyReportId = report.Id, VersionId = report.Versions[0].Id });
        }),
        new(V1.YearlyReports.Descriptor, "RecordPresentation", Who.MembersOf(Side.Insurer, Role.DelegationManager, Role.Compliance), async scene =>
        {
            var (report, insurer, _) = await scene.SubmittedReportAsync();
            return (insurer, ReportCalls.Present(report));
        }),
    ];
}

/// <summary>What calls about yearly reports need around them.</summary>
internal static class PreparingYearlyReports
{
    public static V1.YearlyReports.YearlyReportsClient YearlyReports(this Scene scene, Actor actor) => new(scene.As(actor));

    /// <summary>The terms of a new delegation of a mutual, before anybody set them, and whoever answers for reports on each side.</summary>
    public static async Task<(YearlyReportTerms Terms, Actor Insurer, Actor Delegate)> ReportTermsAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenDelegationAsync();
        var (mine, theirs) = (await scene.ComplianceAsync(insurer), await scene.ComplianceAsync(tpa));
        return (await scene.YearlyReports(mine).GetYearlyReportTermsAsync(new GetYearlyReportTermsRequest { DelegationId = delegation.Id }, deadline: People.Deadline), mine, theirs);
    }

    /// <summary>The report on last year, to be submitted.</summary>
    public static async Task<(YearlyReport Report, Actor Insurer, Actor Delegate)> ExpectedReportAsync(this Scene scene)
    {
        var (terms, insurer, tpa) = await scene.ReportTermsAsync();
        await scene.YearlyReports(insurer).SetYearlyReportTermsAsync(ReportCalls.Terms(terms), deadline: People.Deadline);
        var list = await scene.YearlyReports(tpa).ListYearlyReportsAsync(new ListYearlyReportsRequest { DelegationId = terms.DelegationId }, deadline: People.Deadline);
        return (list.Reports.Single(), insurer, tpa);
    }

    /// <summary>The same, submitted.</summary>
    public static async Task<(YearlyReport Report, Actor Insurer, Actor Delegate)> SubmittedReportAsync(this Scene scene)
    {
        var (report, insurer, tpa) = await scene.ExpectedReportAsync();
        return (await scene.SubmitAsync(report, tpa), insurer, tpa);
    }

    /// <summary>One more version.</summary>
    public static async Task<YearlyReport> SubmitAsync(this Scene scene, YearlyReport report, Actor tpa) =>
        await scene.YearlyReports(tpa).SubmitYearlyReportAsync(ReportCalls.Submit(await scene.UploadAsync(report, tpa)), deadline: People.Deadline);

    public static async Task<YearlyReport> UploadAsync(this Scene scene, YearlyReport report, Actor tpa)
    {
        using var call = scene.YearlyReports(tpa).UploadYearlyReport(deadline: People.Deadline);
        await call.RequestStream.WriteAsync(ReportCalls.Upload(report));
        await call.RequestStream.CompleteAsync();
        return await call;
    }
}
