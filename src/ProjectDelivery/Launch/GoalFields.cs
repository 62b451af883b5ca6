using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>What people say of an objective or a milestone.</summary>
internal sealed record GoalFields(string Kind, string Title, string Description, DateOnly? DueDay, string State)
{
    public const int TitleLength = 200;
    public const int DescriptionLength = 4000;

    private static readonly LocalizedText ChooseAKind = new("Choose OBJECTIVE or MILESTONE.", "Choisissez OBJECTIVE (objectif général) ou MILESTONE (jalon).");

    private static readonly FieldViolation KindRequired = new(
        "kind", "KIND_REQUIRED", new("Whether it is an objective or a milestone is missing.", "Il manque s'il s'agit d'un objectif ou d'un jalon."), ChooseAKind);

    private static readonly FieldViolation KindUnknown = new("kind", "KIND_UNKNOWN", new("This kind is not known.", "Ce type n'est pas connu."), ChooseAKind);

    private static readonly LocalizedText ChooseAState = new("Choose OPEN, REACHED or DROPPED.", "Choisissez OPEN (à atteindre), REACHED (atteint) ou DROPPED (abandonné).");

    private static readonly FieldViolation StateRequired = new("state", "STATE_REQUIRED", new("The state is missing.", "L'état n'est pas renseigné."), ChooseAState);

    private static readonly FieldViolation StateUnknown = new("state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."), ChooseAState);

    private static readonly FieldViolation MilestoneDay = new(
        "due_day",
        "DUE_DAY_REQUIRED",
        new("A milestone has a day on which it is to be reached.", "Un jalon a un jour auquel il doit être atteint."),
        new("Write the year, the month and the day, as in 2026-03-01.", "Écrivez l'année, le mois et le jour, par exemple 2026-03-01."));

    /// <summary>A new goal is to be reached. Null with violations.</summary>
    public static GoalFields? Read(CreateGoalRequest request, ICollection<FieldViolation> violations)
    {
        if (request.Kind.StoredIfKnown() is null)
            violations.Add(request.Kind == Goal.Types.Kind.Unspecified ? KindRequired : KindUnknown);

        return Read(request.Kind.StoredIfKnown() ?? "", request.Title, request.Description, request.DueDay, Goal.Types.State.Open, violations);
    }

    /// <summary>A goal stays of its kind, which the request does not say. Null with violations.</summary>
    public static GoalFields? Read(UpdateGoalRequest request, ICollection<FieldViolation> violations) =>
        Read("", request.Title, request.Description, request.DueDay, request.State, violations);

    /// <summary>A milestone keeps a day; null when it does.</summary>
    public FieldViolation? AMilestoneHasADay(string kind) => DueDay is null && kind == Goal.Types.Kind.Milestone.Stored() ? MilestoneDay : null;

    /// <summary>Which goals somebody wants to see: of one kind, or of both for null.</summary>
    public static string? ReadFilter(Goal.Types.Kind kind, ICollection<FieldViolation> violations)
    {
        if (kind.StoredIfKnown() is null && kind != Goal.Types.Kind.Unspecified)
            violations.Add(KindUnknown);

        return kind.StoredIfKnown();
    }

    public GoalRow NewGoal(ProjectRow project, Guid id, DateTime now) => new(
        project.OwnerId, project.DelegationId, project.DelegateId, project.Id, id, Kind, Title, Description, DueDay, State, now, now, Revision: 1);

    public GoalRow Change(GoalRow goal, DateTime now) =>
        goal with { Title = Title, Description = Description, DueDay = DueDay, State = State, UpdateTime = now, Revision = goal.Revision + 1 };

    private static GoalFields? Read(
        string kind, string title, string description, string dueDay, Goal.Types.State state, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var line = TextField.ReadLine("title", title, TitleLength, violations);
        var text = TextField.ReadText("description", description, DescriptionLength, violations);
        var day = DayField.ReadOptional("due_day", dueDay, violations);
        if (dueDay.Length == 0 && kind == Goal.Types.Kind.Milestone.Stored())
            violations.Add(MilestoneDay);
        if (state.StoredIfKnown() is null)
            violations.Add(state == Goal.Types.State.Unspecified ? StateRequired : StateUnknown);

        return violations.Count > before ? null : new GoalFields(kind, line!, text!, day, state.StoredIfKnown()!);
    }
}
