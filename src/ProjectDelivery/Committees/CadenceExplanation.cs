using System.Globalization;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Says in words why a cadence is as it is.</summary>
internal static class CadenceExplanation
{
    public static LocalizedText Of(CadenceRule rule, CadenceState state)
    {
        var (step, reason) = (NameOf(state.Step), Because(rule, state));
        return new($"{step.English}: {reason.English}.", $"{step.French} : {reason.French}.");
    }

    private static LocalizedText NameOf(CadenceStep step) => step switch
    {
        CadenceStep.Weekly => new("Every week", "Toutes les semaines"),
        CadenceStep.Fortnightly => new("Every two weeks", "Toutes les deux semaines"),
        CadenceStep.Monthly => new("Every month", "Tous les mois"),
        CadenceStep.Quarterly => new("Every three months", "Tous les trois mois"),
        CadenceStep.HalfYearly => new("Every six months", "Tous les six mois"),
        CadenceStep.Yearly => new("Every year", "Tous les ans"),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "This is no step."),
    };

    private static LocalizedText Because(CadenceRule rule, CadenceState state)
    {
        var (good, needed) = (Number(state.GoodPeriods), Number(rule.RelaxAfter));
        return state.Reason switch
        {
            CadenceReason.Started => new("it begins at its densest", "elle débute au plus serré"),
            CadenceReason.ProjectPhase => new("it follows the phase of the project", "elle suit la phase du projet"),
            CadenceReason.MilestoneNear => new(
                $"a milestone of the project comes within {CadenceRule.MilestoneIsNear} days", $"un jalon du projet tombe dans les {CadenceRule.MilestoneIsNear} jours"),
            CadenceReason.GoodPeriods => new($"{good} of {needed} good periods in a row", $"{good} période(s) favorable(s) de suite sur {needed}"),
            CadenceReason.RelaxationOffered => new(
                $"{good} good periods in a row; it relaxes one step once both sides confirm it",
                $"{good} période(s) favorable(s) de suite ; elle s'espace d'un cran dès que les deux parties le confirment"),
            CadenceReason.Relaxed => new("relaxed one step, as both sides confirmed", "espacée d'un cran, comme les deux parties l'ont confirmé"),
            CadenceReason.BreachBeyondTolerance => new("a commitment was missed beyond tolerance", "un engagement a été manqué au-delà de la tolérance"),
            CadenceReason.RepeatedBreach => new(
                "commitments were missed beyond tolerance, or reports came late, in two periods in a row",
                "des engagements ont été manqués au-delà de la tolérance, ou des reportings rendus en retard, deux périodes de suite"),
            CadenceReason.ReportLate => new("a report was not published by its due day", "un reporting n'a pas été publié à son échéance"),
            CadenceReason.CriticalBreach => new("a critical commitment was missed", "un engagement critique a été manqué"),
            CadenceReason.CriticalIncidentOpen => new("a critical incident is open", "un incident critique est en cours"),
            CadenceReason.CriticalActionOpen => new("a critical action is open: the good periods are counted anew", "une action critique est en cours : les périodes favorables repartent de zéro"),
            CadenceReason.BreachWithinTolerance => new(
                "commitments were missed within tolerance: the good periods are counted anew", "des engagements ont été manqués dans la tolérance : les périodes favorables repartent de zéro"),
            CadenceReason.AdjustmentsOpen => new("adjustments are still to be made", "des ajustements restent à faire"),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state.Reason, "This is no reason."),
        };
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
