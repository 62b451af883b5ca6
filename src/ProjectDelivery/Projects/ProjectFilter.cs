using Delegation.Delivery.V1;
using Delegation.Persistence.Paging;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>Which projects somebody wants to see.</summary>
internal sealed record ProjectFilter(Guid? DelegationId, string? Phase, PageRequest Page)
{
    private static readonly FieldViolation PhaseUnknown = new(
        "phase",
        "PHASE_UNKNOWN",
        new("This phase is not known.", "Cette phase n'est pas connue."),
        new("Choose LAUNCH, SCOPING, SET_UP, ROBUSTNESS, RUN or CLOSED, or nothing for all.",
            "Choisissez LAUNCH, SCOPING, SET_UP, ROBUSTNESS, RUN ou CLOSED, ou rien pour toutes."));

    public static ProjectFilter Read(ListProjectsRequest request)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.ReadOptional("delegation_id", request.DelegationId, violations);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var phase = request.Phase.StoredIfKnown();
        if (phase is null && request.Phase != ProjectPhase.Unspecified)
            violations.Add(PhaseUnknown);

        violations.RefuseIfAny();
        return new ProjectFilter(delegationId, phase, page);
    }
}
