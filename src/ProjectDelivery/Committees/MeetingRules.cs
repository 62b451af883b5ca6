using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Delivery.V1.Meeting.Types.State;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>When meetings can be changed, written down and confirmed; each gives null when it holds.</summary>
internal static class MeetingRules
{
    public static Outcome<T>? NeedsAPlannedOne<T>(MeetingRow meeting) => meeting.In == State.Planned
        ? null
        : new Outcome<T>.Refused("MEETING_NOT_PLANNED", new("This meeting was held or cancelled.", "Cette réunion s'est tenue ou a été annulée."));

    public static Outcome<T>? CanHaveMinutes<T>(MeetingRow meeting, DateTimeOffset now) => meeting.In switch
    {
        State.Cancelled => new Outcome<T>.Refused("MEETING_CANCELLED", new("This meeting was cancelled.", "Cette réunion a été annulée.")),
        State.Confirmed => Confirmed<T>(),
        _ when meeting.StartTime > now.UtcDateTime => new Outcome<T>.Refused(
            "MEETING_NOT_BEGUN", new("This meeting has not begun.", "Cette réunion n'a pas commencé.")),
        _ => null,
    };

    public static Outcome<T>? CanBeConfirmed<T>(MeetingRow meeting, Side side) => meeting.In switch
    {
        State.Confirmed => Confirmed<T>(),
        not State.Held => new Outcome<T>.Refused("MINUTES_MISSING", new("The minutes are not written yet.", "Le compte rendu n'est pas encore rédigé.")),
        _ when meeting.HasConsentOf(side) => new Outcome<T>.Refused(
            "MINUTES_ALREADY_CONFIRMED", new("Your side has confirmed them already; the other has not yet.", "Votre partie l'a déjà approuvé ; l'autre pas encore.")),
        _ => null,
    };

    /// <summary>What both sides know to be open cannot be left out of what the cadence follows.</summary>
    public static Outcome<T>? CountsEscalations<T>(PeriodAssessment period, int critical) => period.OpenCriticalIncidents >= critical
        ? null
        : new Outcome<T>.Invalid(new ServiceDefaults.Errors.FieldViolation(
            "period.open_critical_incidents", "COUNT_BELOW_ESCALATIONS",
            new($"{critical} critical escalations were open when the meeting began.", $"{critical} alerte(s) critique(s) étaient ouvertes au début de la réunion."),
            new($"Give {critical} or more.", $"Indiquez {critical} ou davantage.")));

    /// <summary>What was measured, or came late, cannot be left out either, where the cadence follows it.</summary>
    public static Outcome<T>? CountsBreaches<T>(CommitteeRow committee, PeriodAssessment period, int breaches) =>
        breaches == 0 || period.Commitments >= PeriodAssessment.Types.Commitments.BeyondTolerance || !committee.FollowsBreaches
        ? null
        : new Outcome<T>.Invalid(new ServiceDefaults.Errors.FieldViolation(
            "period.commitments", "COMMITMENTS_BELOW_BREACHES",
            new($"{breaches} breaches became known since the meeting before: commitments missed beyond tolerance, reports that came late.",
                $"{breaches} écart(s) sont connus depuis la réunion précédente : engagements manqués au-delà de la tolérance, reportings en retard."),
            new("Give BEYOND_TOLERANCE or CRITICAL, or dispute the measures in the operational report.",
                "Indiquez BEYOND_TOLERANCE ou CRITICAL, ou contestez les mesures dans le reporting opérationnel.")));

    public static Outcome<T> NeedsAProject<T>() => new Outcome<T>.Refused(
        "PROJECT_REQUIRED",
        new("A decision with an owner becomes an action of a project, and this delegation has none in progress.",
            "Une décision ayant un porteur devient une action d'un projet, et cette délégation n'en a aucun en cours."));

    /// <summary>
    /// Whether minutes move the cadence as soon as one side wrote them: everything but good news does, once. Minutes written anew do not
    /// tighten a second time, and do not take back what tightened.
    /// </summary>
    /// <param name="committee">The committee.</param>
    /// <param name="before">What minutes said before they were written anew.</param>
    /// <param name="period">What they say.</param>
    /// <param name="breaches">How many breaches became known since the meeting before: they tightened when they did.</param>
    public static bool TightensNow(CommitteeRow committee, PeriodAssessment? before, PeriodAssessment period, int breaches) =>
        committee.IsInRun && !committee.Rule.IsGood(committee.InRun, period) && (before is null || committee.Rule.IsGood(committee.InRun, before))
        && !(breaches > 0 && committee.FollowsBreaches
            && period is { Commitments: PeriodAssessment.Types.Commitments.BeyondTolerance, OpenCriticalIncidents: 0 });

    private static Outcome<T> Confirmed<T>() => new Outcome<T>.Refused(
        "MINUTES_CONFIRMED", new("These minutes are confirmed by both sides.", "Ce compte rendu est approuvé par les deux parties."));
}
