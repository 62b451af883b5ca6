using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting.Reports;

/// <summary>The ids in a request about one report, and the version that it names.</summary>
internal static class ReportIds
{
    private static readonly FieldViolation Negative = new(
        "version", "VERSION_NEGATIVE", new("Versions count from 1.", "Les versions comptent à partir de 1."),
        new("Give 1 or more, or nothing for the latest.", "Indiquez 1 ou davantage, ou rien pour la dernière."));

    /// <summary>Reads both; unless told otherwise it refuses with all violations that were found so far.</summary>
    public static (Guid Delegation, Guid Report) Read(string delegationId, string reportId, List<FieldViolation> violations, bool refuses = true)
    {
        var delegation = IdField.Read("delegation_id", delegationId, violations);
        var report = IdField.Read("report_id", reportId, violations);
        if (refuses)
            violations.RefuseIfAny();
        return (delegation.GetValueOrDefault(), report.GetValueOrDefault());
    }

    /// <summary>A version that is 0 stands for the latest.</summary>
    public static void NeedsAVersion(int version, ICollection<FieldViolation> violations)
    {
        if (version < 0)
            violations.Add(Negative);
    }
}
