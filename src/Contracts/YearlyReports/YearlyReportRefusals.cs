using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.YearlyReports;

/// <summary>Why a command on a yearly report is refused in the state of things.</summary>
internal static class YearlyReportRefusals
{
    public static readonly Outcome<YearlyReportRow> NotFound = new Outcome<YearlyReportRow>.NotFound(
        "YEARLY_REPORT_NOT_FOUND", new("The delegation has no yearly report with this id.", "La délégation n'a pas de rapport annuel portant cet identifiant."));

    public static readonly Outcome<YearlyReportVersion> VersionNotFound = new Outcome<YearlyReportVersion>.NotFound(
        "YEARLY_REPORT_VERSION_NOT_FOUND", new("The report has no version with this id.", "Le rapport n'a pas de version portant cet identifiant."));

    public static readonly Outcome<YearlyReportTermsRow> Begun = new Outcome<YearlyReportTermsRow>.Refused(
        "YEARLY_REPORTS_BEGUN", new("A report was expected already: the first year stays.", "Un rapport est déjà attendu : la première année ne change plus."));

    public static readonly Outcome<YearlyReportVersion> FileMissing = new Outcome<YearlyReportVersion>.Refused(
        "YEARLY_REPORT_FILE_MISSING", new("No file was given since the last version.", "Aucun fichier n'a été déposé depuis la dernière version."));

    public static readonly Outcome<YearlyReport> NotSubmitted = new Outcome<YearlyReport>.Refused(
        "YEARLY_REPORT_NOT_SUBMITTED", new("No version was submitted since the last presentation.", "Aucune version n'a été remise depuis la dernière présentation."));
}
