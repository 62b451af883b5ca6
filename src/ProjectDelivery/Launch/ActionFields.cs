using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using V1State = Delegation.Delivery.V1.Action.Types.State;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>What people say of an action.</summary>
internal sealed record ActionFields(string Title, string Description, ActionOwnerFields Owner, DateOnly DueDay, string State, Guid? GoalId, Guid? DecisionId)
{
    private static readonly LocalizedText ChooseAState = new("Choose OPEN, DONE or DROPPED.", "Choisissez OPEN (à faire), DONE (faite) ou DROPPED (abandonnée).");

    private static readonly FieldViolation StateRequired = new("state", "STATE_REQUIRED", new("The state is missing.", "L'état n'est pas renseigné."), ChooseAState);

    private static readonly FieldViolation StateUnknown = new("state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."), ChooseAState);

    private static readonly FieldViolation OriginTypeUnknown = new(
        "origin.type",
        "TYPE_UNKNOWN",
        new("An action does not come from objects of this type.", "Une action ne provient pas d'objets de ce type."),
        new("Write `goal`, or leave the origin out; `decision` stays as the action has it.", "Indiquez `goal`, ou laissez l'origine vide ; `decision` reste tel que l'action le porte."));

    /// <summary>An action comes from a goal of its own project.</summary>
    public static readonly FieldViolation OriginUnknown = new(
        "origin.id",
        "ORIGIN_UNKNOWN",
        new("This project has no objective or milestone with this id.", "Ce projet n'a ni objectif ni jalon portant cet identifiant."),
        new("Give the `id` of one of its goals.", "Indiquez l'`id` de l'un de ses objectifs ou jalons."));

    private static readonly FieldViolation OriginFixed = new(
        "origin",
        "ORIGIN_FIXED",
        new("Only the minutes of a committee say which action comes from which decision.", "Seul le compte rendu d'un comité dit quelle action vient de quelle décision."),
        new("Leave the origin as the action has it.", "Laissez l'origine telle que l'action la porte."));

    /// <summary>An action that comes from a decision keeps that, and no other one can claim it; null when that holds.</summary>
    public FieldViolation? KeepsTheDecisionItComesFrom(ActionRow? before) =>
        DecisionId == before?.DecisionId || (before?.DecisionId is not null && DecisionId is null && GoalId is null) ? null : OriginFixed;

    /// <summary>A new action is open. Null with violations.</summary>
    public static ActionFields? Read(CreateActionRequest request, ICollection<FieldViolation> violations) =>
        Read(request.Title, request.Description, request.Owner, request.DueDay, V1State.Open, request.Origin, violations);

    /// <summary>Null with violations.</summary>
    public static ActionFields? Read(UpdateActionRequest request, ICollection<FieldViolation> violations) =>
        Read(request.Title, request.Description, request.Owner, request.DueDay, request.State, request.Origin, violations);

    /// <summary>Which actions somebody wants to see: in one state, or in all for null.</summary>
    public static string? ReadFilter(V1State state, ICollection<FieldViolation> violations)
    {
        if (state.StoredIfKnown() is null && state != V1State.Unspecified)
            violations.Add(StateUnknown);

        return state.StoredIfKnown();
    }

    public ActionRow NewAction(ProjectRow project, Guid id, DateTime now) => new(
        project.OwnerId, project.DelegationId, project.DelegateId, project.Id, project.Name, id, Title, Description, Owner.Side.Code(), Owner.Role?.Code(),
        Owner.PersonId, DueDay, State, GoalId, DecisionId: null, now, now, Revision: 1);

    public ActionRow Change(ActionRow action, DateTime now) => action with
    {
        Title = Title,
        Description = Description,
        Side = Owner.Side.Code(),
        Role = Owner.Role?.Code(),
        PersonId = Owner.PersonId,
        DueDay = DueDay,
        State = State,
        GoalId = GoalId,
        UpdateTime = now,
        Revision = action.Revision + 1,
    };

    private static ActionFields? Read(
        string title, string description, ActionOwner? owner, string dueDay, V1State state, ActionOrigin? origin, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var line = TextField.ReadLine("title", title, GoalFields.TitleLength, violations);
        var text = TextField.ReadText("description", description, GoalFields.DescriptionLength, violations);
        var who = ActionOwnerFields.Read(owner, violations);
        var day = DayField.Read("due_day", dueDay, violations);
        if (state.StoredIfKnown() is null)
            violations.Add(state == V1State.Unspecified ? StateRequired : StateUnknown);

        var from = ReadOrigin(origin, violations);
        return violations.Count > before ? null : new ActionFields(line!, text!, who!, day!.Value, state.StoredIfKnown()!, origin?.Type == ActionRow.GoalOrigin ? from : null, origin?.Type == ActionRow.DecisionOrigin ? from : null);
    }

    private static Guid? ReadOrigin(ActionOrigin? origin, ICollection<FieldViolation> violations)
    {
        if (origin is null)
            return null;
        if (origin.Type is not (ActionRow.GoalOrigin or ActionRow.DecisionOrigin))
            violations.Add(OriginTypeUnknown);

        return IdField.Read("origin.id", origin.Id, violations);
    }
}
