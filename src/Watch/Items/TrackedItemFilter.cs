using Delegation.Persistence.Paging;
using Delegation.ServiceDefaults.Errors;
using Delegation.Watch.V1;

namespace Delegation.Watch.Items;

/// <summary>Which items of an organisation somebody wants to see.</summary>
internal sealed record TrackedItemFilter(string? Stream, string? State, string Query, PageRequest Page)
{
    private static readonly FieldViolation StateUnknown = new(
        "state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."),
        new("Choose NEW, KEPT, DISMISSED, ASSESSED or DECIDED, or nothing for all.",
            "Choisissez NEW (nouveau), KEPT (retenu), DISMISSED (écarté), ASSESSED (analysé) ou DECIDED (décidé), ou rien pour tous."));

    public static TrackedItemFilter Read(ListTrackedItemsRequest request)
    {
        var violations = new List<FieldViolation>();
        var stream = ItemFilter.ReadStream(request.Stream, violations);
        if (request.State != TrackedItem.Types.State.Unspecified && request.State.StoredIfKnown() is null)
            violations.Add(StateUnknown);
        var query = ItemFilter.ReadQuery(request.Query, violations);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        ServiceDefaults.Fields.FieldViolations.RefuseIfAny(violations);
        return new TrackedItemFilter(stream, request.State.StoredIfKnown(), query!, page);
    }
}
