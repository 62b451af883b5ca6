using System.Globalization;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Reversibility;

/// <summary>What an exit is judged by, beside itself.</summary>
/// <param name="Today">The day it is.</param>
/// <param name="AdvanceCents">What the delegate still holds of the advance of funds.</param>
/// <param name="UnreimbursedCents">What the insurer still owes of benefits paid.</param>
internal sealed record ExitSituation(DateOnly Today, long AdvanceCents, long UnreimbursedCents);

/// <summary>What must hold to leave a phase of an exit.</summary>
internal static class ExitCriteria
{
    public static IReadOnlyList<ExitCriterion> Of(Exit exit, ExitSituation situation) => exit.State != ExitState.Open ? [] : exit.Phase switch
    {
        ExitPhase.Notice => [TasksDone(exit), PlanValidated(exit), ContractEnds(exit)],
        ExitPhase.Inventory => [TasksDone(exit), FlowsSettled(exit)],
        ExitPhase.DryRuns => [TasksDone(exit), DryRunsReconciled(exit)],
        ExitPhase.Freeze => [TasksDone(exit)],
        ExitPhase.TakeBack => [TasksDone(exit), LotsAccepted(exit)],
        ExitPhase.RunOff => [TasksDone(exit), RunOffOver(exit, situation), FundsReturned(situation)],
        _ => [TasksDone(exit), RecordAccepted(exit), CopiesDestroyed(exit)],
    };

    public static ExitCriterion TasksDone(Exit exit)
    {
        var open = exit.Tasks.Where(task => task.Phase == exit.Phase && task.DoneTime is null).ToArray();
        return Judged(
            "TASKS_DONE", open.Length == 0, "All tasks of the phase are done.", "Toutes les tâches de la phase sont faites.",
            $"Not done: {string.Join("; ", open.Select(task => task.TitleEn))}.", $"À faire : {string.Join(" ; ", open.Select(task => task.TitleFr))}.");
    }

    private static ExitCriterion PlanValidated(Exit exit) => Judged(
        "PLAN_VALIDATED", exit.ReversibilityPlanId.Length > 0, "Both sides validated the plan.", "Les deux parties ont validé le plan.",
        "Both sides have not validated a reversibility plan.", "Les deux parties n'ont pas validé de plan de réversibilité.");

    private static ExitCriterion ContractEnds(Exit exit) => Judged(
        "CONTRACT_ENDS", exit.ContractEnds, $"The title ends on {exit.EffectDay}.", $"Le titre prend fin le {ExitWords.French(exit.EffectDay)}.",
        "Notice to end the contract is still to be given.", "La résiliation du contrat reste à notifier.");

    private static ExitCriterion FlowsSettled(Exit exit)
    {
        var open = ExitWords.All(exit.Flows.Where(flow => flow.RedirectionDay.Length == 0).Select(flow => ExitWords.Of(flow.Kind)));
        return Judged(
            "FLOWS_SETTLED", open.English.Length == 0, "Each flow has its redirection day and its rule.", "Chaque flux a sa date de redirection et sa règle.",
            $"Not settled: {open.English}.", $"À fixer : {open.French}.");
    }

    private static ExitCriterion DryRunsReconciled(Exit exit)
    {
        var open = ExitWords.All(exit.Lots.Where(lot => lot.Runs.Count(run => run.DryRun && IsReconciled(run)) < exit.Terms.DryRuns).Select(lot => ExitWords.Of(lot.Kind)));
        return Judged(
            "DRY_RUNS_RECONCILED", open.English.Length == 0, $"Each lot reconciled {exit.Terms.DryRuns} dry runs.", $"Chaque lot a {exit.Terms.DryRuns} extractions à blanc conformes.",
            $"Fewer than {exit.Terms.DryRuns} reconciled dry runs: {open.English}.", $"Moins de {exit.Terms.DryRuns} extractions à blanc conformes : {open.French}.");
    }

    private static ExitCriterion LotsAccepted(Exit exit)
    {
        var open = ExitWords.All(exit.Lots.Where(lot => lot.AcceptTime is null).Select(lot => ExitWords.Of(lot.Kind)));
        return Judged(
            "LOTS_ACCEPTED", open.English.Length == 0, "The insurer accepted every lot.", "L'assureur a réceptionné tous les lots.",
            $"Not accepted: {open.English}.", $"Non réceptionnés : {open.French}.");
    }

    private static ExitCriterion RunOffOver(Exit exit, ExitSituation situation) => Judged(
        "RUN_OFF_OVER", situation.Today > Triggering.DayOf(exit.RunOffEndDay), $"The run-off ended on {exit.RunOffEndDay}.", $"Le run-off a pris fin le {ExitWords.French(exit.RunOffEndDay)}.",
        $"The run-off goes on until {exit.RunOffEndDay}.", $"Le run-off dure jusqu'au {ExitWords.French(exit.RunOffEndDay)}.");

    private static ExitCriterion FundsReturned(ExitSituation situation) => Judged(
        "FUNDS_RETURNED", situation is { AdvanceCents: 0, UnreimbursedCents: 0 }, "The advance of funds is given back and all benefits are reimbursed.",
        "L'avance de fonds est restituée et toutes les prestations sont remboursées.",
        $"Advance held: {Euros(situation.AdvanceCents)}; benefits not reimbursed: {Euros(situation.UnreimbursedCents)}.",
        $"Avance détenue : {Euros(situation.AdvanceCents)} ; prestations non remboursées : {Euros(situation.UnreimbursedCents)}.");

    private static ExitCriterion RecordAccepted(Exit exit) => Judged(
        "RECORD_ACCEPTED", exit.Record?.AcceptTime is not null, "The insurer accepted the archive.", "L'assureur a réceptionné l'archive.",
        "The insurer has not accepted the archive of the record.", "L'assureur n'a pas réceptionné l'archive du dossier.");

    private static ExitCriterion CopiesDestroyed(Exit exit) => Judged(
        "COPIES_DESTROYED", exit.Record?.DestructionTime is not null, "The delegate's copies and access ended in every service.", "Les copies et les accès du délégataire ont pris fin dans tous les services.",
        "The delegate's copies and access have not ended.", "Les copies et les accès du délégataire n'ont pas pris fin.");

    private static string Euros(long cents) => (cents / 100m).ToString("0.00 EUR", CultureInfo.InvariantCulture);

    private static bool IsReconciled(LotRun run) => run.Received is not null && run.Discrepancies.Count == 0;

    private static ExitCriterion Judged(string code, bool met, string metEn, string metFr, string unmetEn, string unmetFr) =>
        new() { Code = code, Met = met, FoundEn = met ? metEn : unmetEn, FoundFr = met ? metFr : unmetFr };
}
