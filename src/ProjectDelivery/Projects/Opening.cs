using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>What somebody wants to open.</summary>
internal sealed record Opening(Guid DelegationId, string Name, DateOnly OpeningDay, DateOnly? TargetDay)
{
    public const int NameLength = 200;

    private static readonly FieldViolation TargetBeforeOpening = new(
        "target_day",
        "TARGET_DAY_BEFORE_OPENING",
        new("The project would reach the run before it opens.", "Le projet atteindrait l'exploitation avant son ouverture."),
        new("Give a day that is not before the opening day.", "Indiquez un jour qui ne précède pas la date d'ouverture."));

    /// <summary>Reads a request; without an opening day it is today.</summary>
    public static Opening Read(OpenProjectRequest request, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var name = TextField.ReadLine("name", request.Name, NameLength, violations);
        var openingDay = DayField.ReadOptional("opening_day", request.OpeningDay, violations) ?? ParisDays.DayAt(now);
        var targetDay = ReadTargetDay(request.TargetDay, openingDay, violations);

        violations.RefuseIfAny();
        return new Opening(delegationId!.Value, name!, openingDay, targetDay);
    }

    /// <summary>The day on which a project is meant to reach the run: not before it opens.</summary>
    public static DateOnly? ReadTargetDay(string text, DateOnly openingDay, ICollection<FieldViolation> violations)
    {
        var day = DayField.ReadOptional("target_day", text, violations);
        if (day < openingDay)
            violations.Add(TargetBeforeOpening);

        return day;
    }

    /// <summary>A project works in a delegation that both sides still keep open.</summary>
    public static Outcome<DelegationKnown> NeedsAnOpenDelegation(DelegationKnown delegation) => delegation.IsOpen
        ? new Outcome<DelegationKnown>.Accepted(delegation)
        : new Outcome<DelegationKnown>.Refused(
            "DELEGATION_NOT_OPEN", new("This delegation is closed: no project opens in it.", "Cette délégation est close : aucun projet ne s'y ouvre."));

    /// <summary>A project opens under a title to operate that covers its opening day, and in the phase of launch.</summary>
    public Outcome<ProjectRow> NeedsATitle(TitleAnswer answer, Parties parties, Guid id, DateTimeOffset now) => answer.Title is { } title
        ? new Outcome<ProjectRow>.Accepted(new ProjectRow(
            parties.OwnerId, parties.DelegationId, parties.DelegateId, id, Name, ProjectPhase.Launch.Stored(), OpeningDay, TargetDay,
            title.Kind.Stored(), title.ObjectId, title.FirstDay, title.LastDay, title.TextSha256, title.KnownTime, title.Revision,
            now.InMicroseconds(), now.InMicroseconds(), Revision: 1, RunStage: null, OpenOverrides: 0, StopReason: ""))
        : new Outcome<ProjectRow>.Refused(
            "TITLE_REQUIRED",
            new($"No title to operate covers {DayField.Write(OpeningDay)}: a project opens under a letter of engagement or a contract in force.",
                $"Aucun titre ne couvre le {DayField.Write(OpeningDay)} : un projet s'ouvre sous une lettre d'engagement ou un contrat en vigueur."),
            new UnmetCondition(answer.Breach!.Reason, DelegationId.ToString(), new(answer.Breach.Explanation, answer.Breach.Explanation)));

    /// <summary>A delegation has one project in progress.</summary>
    public static Outcome<ProjectRow> IsTheOnlyOneInProgress(ProjectRow project, bool inserted) => inserted
        ? new Outcome<ProjectRow>.Accepted(project)
        : new Outcome<ProjectRow>.Refused(
            "PROJECT_IN_PROGRESS",
            new("This delegation has a project in progress. Close it before another one opens.",
                "Cette délégation a un projet en cours. Clôturez-le avant d'en ouvrir un autre."));
}
