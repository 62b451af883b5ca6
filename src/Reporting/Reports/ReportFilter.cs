using Delegation.Persistence.Paging;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting.Reports;

/// <summary>Which reports somebody wants to see.</summary>
internal sealed record ReportFilter(Guid? DelegationId, bool? IsPublished, PageRequest Page)
{
    private static readonly FieldViolation StateUnknown = new(
        "state",
        "STATE_UNKNOWN",
        new("This state is not known.", "Cet état n'est pas connu."),
        new("Choose DUE or PUBLISHED, or nothing for both.", "Choisissez DUE (à publier) ou PUBLISHED (publié), ou rien pour les deux."));

    public static ReportFilter Read(ListReportsRequest request)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.ReadOptional("delegation_id", request.DelegationId, violations);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        if (request.State is not (Report.Types.State.Unspecified or Report.Types.State.Due or Report.Types.State.Published))
            violations.Add(StateUnknown);

        violations.RefuseIfAny();
        return new ReportFilter(delegationId, request.State == Report.Types.State.Unspecified ? null : request.State == Report.Types.State.Published, page);
    }
}
