using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.GateOverride.Types.State;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>What somebody wants to override.</summary>
internal sealed record OverrideFields(ProjectGate Gate, ICriterion Criterion, string Reason, DateOnly EndDay)
{
    private const int ReasonLength = 1000;

    private static readonly LocalizedText GiveAnEarlierDay = new(
        "Give a day from today on, and within a year: an override is no way to do without a criterion for good.",
        "Indiquez un jour à compter d'aujourd'hui et dans l'année : une dérogation ne dispense pas durablement d'un critère.");

    /// <summary>Null with violations.</summary>
    public static OverrideFields? Read(ProposeOverrideRequest request, DateOnly today, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var gate = GateField.Read(request.Gate, violations);
        var criterion = gate is { } known ? GateCriteria.Find(known, request.Criterion) : null;
        if (criterion is null)
            violations.Add(new(
                "criterion", "CRITERION_UNKNOWN", new("The gate has no criterion of this code.", "Le jalon n'a aucun critère de ce code."),
                new("Give the code of a criterion as the gate lists it.", "Indiquez le code d'un critère tel que le jalon le donne.")));

        var reason = TextField.ReadLine("reason", request.Reason, ReasonLength, violations);
        var endDay = DayField.Read("end_day", request.EndDay, violations);
        if (endDay < today)
            violations.Add(new("end_day", "END_DAY_PAST", new("This day is over.", "Ce jour est passé."), GiveAnEarlierDay));
        else if (endDay > today.AddYears(1))
            violations.Add(new("end_day", "END_DAY_TOO_FAR", new("This day is more than a year away.", "Ce jour est à plus d'un an."), GiveAnEarlierDay));

        return violations.Count > before ? null : new OverrideFields(gate!.Value, criterion!, reason!, endDay!.Value);
    }

    public OverrideRow Propose(ProjectRow project, Caller caller, Finding finding, DateTimeOffset now) => new(
        project.OwnerId, project.DelegationId, project.DelegateId, project.Id, NewId.At(now), Gate.Stored(), Criterion.Code, Reason, EndDay,
        State.Proposed.Stored(), finding.Found.English, finding.Found.French, caller.Side.Code(), caller.PersonId, now.InMicroseconds(),
        ConfirmerId: null, ConfirmTime: null, EndTime: null, Revision: 1);
}
