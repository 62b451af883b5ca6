using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ProjectDelivery.Launch;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Commitments = Delegation.Delivery.V1.PeriodAssessment.Types.Commitments;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>The minutes that somebody writes.</summary>
internal sealed record MinutesFields(string Activities, string Progress, string Difficulties, PeriodAssessment Period, IReadOnlyList<DecisionFields> Decisions)
{
    private const int Length = 10_000;
    private const int MostDecisions = 100;

    private static readonly LocalizedText ChooseOne = new(
        "Choose MET, WITHIN_TOLERANCE, BEYOND_TOLERANCE or CRITICAL.", "Choisissez MET, WITHIN_TOLERANCE, BEYOND_TOLERANCE ou CRITICAL.");

    /// <summary>Null with violations.</summary>
    public static MinutesFields? Read(RecordMinutesRequest request, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var activities = ReadPoint("activities", request.Activities, violations);
        var progress = ReadPoint("progress", request.Progress, violations);
        var difficulties = ReadPoint("difficulties", request.Difficulties, violations);
        var period = request.Period ?? new PeriodAssessment();
        CheckPeriod(period, violations);
        if (request.Decisions.Count > MostDecisions)
            violations.Add(new(
                "decisions", "TOO_MANY_ENTRIES", new($"There are {request.Decisions.Count} decisions.", $"Il y a {request.Decisions.Count} décisions."),
                new($"Give at most {MostDecisions}.", $"Indiquez-en au plus {MostDecisions}.")));

        var decisions = request.Decisions.Take(MostDecisions).Select((decision, place) => DecisionFields.Read(decision, place, violations)).ToArray();
        return violations.Count > before ? null : new MinutesFields(activities!, progress!, difficulties!, period, decisions!);
    }

    /// <summary>The violation where minutes speak of fewer adjustments than are open: an executive committee becomes yearly once none is.</summary>
    public FieldViolation? ConcealsAdjustments(int open) => Period.OpenAdjustments >= open
        ? null
        : new FieldViolation(
            "period.open_adjustments", "ADJUSTMENTS_CONCEALED", new($"{open} adjustments are open.", $"{open} ajustements sont en cours."),
            new("Give at least as many, or confirm them first.", "Indiquez-en au moins autant, ou confirmez-les d'abord."));

    public MeetingRow Write(MeetingRow meeting, DateTime tacitTime, DateTime now) => meeting with
    {
        State = Meeting.Types.State.Held.Stored(),
        Activities = Activities,
        Progress = Progress,
        Difficulties = Difficulties,
        Commitments = Period.Commitments.Stored(),
        CriticalActions = Period.OpenCriticalActions,
        CriticalIncidents = Period.OpenCriticalIncidents,
        Adjustments = Period.OpenAdjustments,
        InsurerConsentTime = null,
        DelegateConsentTime = null,
        TacitTime = tacitTime,
        UpdateTime = now,
        Revision = meeting.Revision + 1,
    };

    // A point of which nothing is written was not spoken of: the three are never left out.
    private static string? ReadPoint(string field, string text, ICollection<FieldViolation> violations) =>
        text.Trim().Length == 0 ? TextField.ReadLine(field, "", Length, violations) : TextField.ReadText(field, text, Length, violations);

    private static void CheckPeriod(PeriodAssessment period, ICollection<FieldViolation> violations)
    {
        if (!StoredNames.IsKnown(period.Commitments))
            violations.Add(period.Commitments == Commitments.Unspecified
                ? new("period.commitments", "COMMITMENTS_REQUIRED", new("How commitments were kept is missing.", "La tenue des engagements n'est pas renseignée."), ChooseOne)
                : new("period.commitments", "COMMITMENTS_UNKNOWN", new("This is no such assessment.", "Cette appréciation n'est pas connue."), ChooseOne));
        (string Field, int Count)[] counts =
        [
            ("period.open_critical_actions", period.OpenCriticalActions), ("period.open_critical_incidents", period.OpenCriticalIncidents),
            ("period.open_adjustments", period.OpenAdjustments),
        ];
        foreach (var (field, count) in counts)
            if (count < 0)
                violations.Add(new(
                    field, "COUNT_NEGATIVE", new("A count is not negative.", "Un décompte n'est pas négatif."), new("Give 0 or more.", "Indiquez 0 ou davantage.")));
    }
}

/// <summary>A decision that somebody writes down; with an owner it is to become an action.</summary>
internal sealed record DecisionFields(string Title, ActionOwnerFields? Owner, DateOnly? DueDay)
{
    /// <summary>Null with violations, whose fields say which decision it is.</summary>
    public static DecisionFields? Read(Decision decision, int place, ICollection<FieldViolation> violations)
    {
        var found = new List<FieldViolation>();
        // Set by the platform and not read; what is no id was meant for another field.
        IdField.ReadOptional("id", decision.Id, found);
        IdField.ReadOptional("action_id", decision.ActionId, found);
        var title = TextField.ReadLine("title", decision.Title, GoalFields.TitleLength, found);
        var owner = decision.Owner is null ? null : ActionOwnerFields.Read(decision.Owner, found);
        var day = decision.Owner is null ? DayField.ReadOptional("due_day", decision.DueDay, found) : DayField.Read("due_day", decision.DueDay, found);
        if (decision.Owner is null && decision.DueDay.Length > 0)
            found.Add(new(
                "due_day", "DUE_DAY_WITHOUT_OWNER", new("There is a day and nobody to do it.", "Il y a une échéance et personne pour la tenir."),
                new("Name an owner too, or leave the day out.", "Désignez aussi un porteur, ou laissez l'échéance vide.")));

        foreach (var violation in found)
            violations.Add(violation with { Field = $"decisions[{place}].{violation.Field}" });
        return found.Count > 0 ? null : new DecisionFields(title!, owner, day);
    }

    public DecisionRow NewDecision(Guid id, int place) => new(
        id, place, Title, Owner?.Side.Code(), Owner?.Role?.Code(), Owner?.PersonId, Owner is null ? null : DueDay, ActionId: null);
}
