using System.Security.Cryptography;
using System.Text;
using Delegation.Contracts.Tests.Audits;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Api;
using Google.Protobuf;

namespace Delegation.Contracts.Tests.YearlyReports;

/// <summary>Requests about yearly reports that are good ones.</summary>
internal static class ReportCalls
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("Rapport annuel de gestion.");

    /// <summary>Last year is over: its report is expected at once, by the last day of this year.</summary>
    public static SetYearlyReportTermsRequest Terms(YearlyReportTerms terms) => new()
    {
        DelegationId = terms.DelegationId, FirstYear = AuditCalls.Today.Year - 1, FirstDueDay = DayField.Write(new DateOnly(AuditCalls.Today.Year, 12, 31)), Etag = terms.Etag,
    };

    public static UploadYearlyReportRequest Upload(YearlyReport report) => new()
    {
        DelegationId = report.DelegationId, YearlyReportId = report.Id, FileName = "rapport.txt", Sha256 = Convert.ToHexStringLower(SHA256.HashData(Text)), SizeBytes = Text.Length,
        File = new HttpBody { ContentType = "text/plain", Data = ByteString.CopyFrom(Text) },
    };

    public static SubmitYearlyReportRequest Submit(YearlyReport report, string reason = "Première version.") => new()
    {
        DelegationId = report.DelegationId, YearlyReportId = report.Id, Reason = reason, Etag = report.Etag,
        Statements = new()
        {
            Activities = "Prestations et cotisations.", Incidents = 1, IncidentSummary = "Retard de flux NOEMIE en mars.", Complaints = 12, Outlook = "Refonte de l'espace adhérent.",
            KeyFigures = { new KeyFigure { Label = "Délai moyen de remboursement", Value = "2,1 jours ouvrés", SourceSha256 = new string('a', 64) } },
        },
    };

    public static RecordPresentationRequest Present(YearlyReport report) => new()
    {
        DelegationId = report.DelegationId, YearlyReportId = report.Id, Day = DayField.Write(AuditCalls.Today), Decision = "Le conseil prend acte.", Etag = report.Etag,
    };

    public static GetYearlyReportRequest Get(YearlyReport report) => new() { DelegationId = report.DelegationId, YearlyReportId = report.Id };
}
