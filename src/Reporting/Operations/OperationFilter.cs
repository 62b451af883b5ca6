using Delegation.Persistence.Paging;
using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using State = Delegation.Reporting.V1.Operation.Types.State;

namespace Delegation.Reporting.Operations;

/// <summary>Which operations somebody wants to see.</summary>
internal sealed record OperationFilter(Guid DelegationId, State State, string? Kind, DateOnly? FromDay, DateOnly? ToDay, DateTime? AsOf, PageRequest Page)
{
    private static readonly FieldViolation StateUnknown = new(
        "state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."),
        new("Choose OPEN, CLOSED or WITHDRAWN, or nothing for open and closed.", "Choisissez OPEN, CLOSED ou WITHDRAWN, ou rien pour en cours et closes."));

    private static readonly FieldViolation KindUnknown = new(
        "kind", "KIND_UNKNOWN", new("This kind is not known.", "Cette nature n'est pas connue."), new("Choose one of the kinds, or nothing for all.", "Choisissez l'une des natures, ou rien pour toutes."));

    public static OperationFilter Read(ListOperationsRequest request)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", request.DelegationId, violations);
        if (!Enum.IsDefined(request.State))
            violations.Add(StateUnknown);
        if (!Enum.IsDefined(request.Kind))
            violations.Add(KindUnknown);
        var from = DayField.ReadOptional("received_from_day", request.ReceivedFromDay, violations);
        var to = DayField.ReadOptional("received_to_day", request.ReceivedToDay, violations);
        if (to < from)
            violations.Add(Period.EndsBeforeStart("received_to_day"));
        var asOf = Reporting.AsOf.Read(request.AsOf, violations);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);

        violations.RefuseIfAny();
        return new OperationFilter(delegation!.Value, request.State, request.Kind == V1.Operation.Types.Kind.Unspecified ? null : request.Kind.Stored(), from, to, asOf, page);
    }
}
