using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Reversibility;

/// <summary>The tasks of an exit, as the trade does them: who, in which phase, until when.</summary>
internal static class ExitTasks
{
    private enum From
    {
        Notice,
        Cutover,
        RunOffEnd,
    }

    private static readonly (string Code, ExitPhase Phase, Side Side, From From, int Days, string English, string French)[] All =
    [
        ("SET_UP_COMMITTEE", ExitPhase.Notice, Side.Insurer, From.Notice, 15, "Set up the reversibility committee", "Installer le comité de réversibilité"),
        ("NAME_EXIT_LEAD", ExitPhase.Notice, Side.Delegate, From.Notice, 15, "Name who answers for the exit", "Désigner le responsable de la réversibilité"),
        ("INFORM_AUTHORITIES", ExitPhase.Notice, Side.Insurer, From.Notice, 30,
            "Inform the authorities that have to know, and the incoming manager", "Informer les autorités concernées et le gestionnaire entrant"),
        ("LIST_STOCKS", ExitPhase.Inventory, Side.Delegate, From.Notice, 45,
            "List the stocks: claims in progress, covers and quotes, undue payments, recoveries, litigation",
            "Inventorier les stocks : dossiers en cours, prises en charge et devis, indus, recours, contentieux"),
        ("CONFIRM_CATALOGUE", ExitPhase.Inventory, Side.Insurer, From.Notice, 60, "Confirm the catalogue of data and its formats", "Confirmer le catalogue des données et leurs formats"),
        ("PLAN_SCHEME_LINKS", ExitPhase.DryRuns, Side.Delegate, From.Cutover, -45,
            "Plan how the links with compulsory schemes are closed", "Planifier l'annulation des rattachements AMO"),
        ("INFORM_MEMBERS", ExitPhase.Freeze, Side.Insurer, From.Cutover, -30, "Inform members and health professionals", "Informer les adhérents et les professionnels de santé"),
        ("STOP_CHANGES", ExitPhase.Freeze, Side.Delegate, From.Cutover, -5, "Stop changes of the management data", "Geler les données de gestion"),
        ("CLOSE_SCHEME_LINKS", ExitPhase.TakeBack, Side.Delegate, From.Cutover, 0,
            "Close the links with compulsory schemes", "Annuler les rattachements AMO du délégataire sortant"),
        ("OPEN_SCHEME_LINKS", ExitPhase.TakeBack, Side.Insurer, From.Cutover, 5,
            "Have the incoming manager declare the links with compulsory schemes", "Faire déclarer les rattachements AMO par le gestionnaire entrant"),
        ("SETTLE_STOCK", ExitPhase.RunOff, Side.Delegate, From.RunOffEnd, 0, "Settle the stock of claims and hand over the rest", "Liquider le stock et transférer le reliquat"),
        ("ISSUE_FINAL_ACCOUNTS", ExitPhase.RunOff, Side.Delegate, From.RunOffEnd, 30,
            "Issue the final accounts and stop commissions", "Établir l'arrêté de comptes définitif et l'arrêté des commissions"),
        ("CHECK_FINAL_ACCOUNTS", ExitPhase.RunOff, Side.Insurer, From.RunOffEnd, 60, "Check the final accounts", "Contrôler l'arrêté de comptes définitif"),
        ("ATTEST_DESTRUCTION", ExitPhase.Closure, Side.Delegate, From.RunOffEnd, 90,
            "Attest that copies outside the platform are destroyed, but for what the law has kept",
            "Attester la destruction des copies hors plateforme, hormis les conservations légales"),
    ];

    /// <summary>The task by which the delegate says that what is outside the platform is destroyed.</summary>
    public static ExitTask Attestation(Exit exit) => exit.Tasks.Single(task => task.Code == "ATTEST_DESTRUCTION");

    public static bool IsKnown(string code) => All.Any(task => task.Code == code);

    /// <summary>The tasks with their days; none is due before the notice.</summary>
    public static IEnumerable<ExitTask> Of(DateOnly notice, DateOnly cutover, DateOnly runOffEnd) => All.Select(task =>
    {
        var from = task.From switch { From.Notice => notice, From.Cutover => cutover, _ => runOffEnd };
        var due = from.AddDays(task.Days);
        return new ExitTask
        {
            Code = task.Code, Phase = task.Phase, Side = task.Side, TitleEn = task.English, TitleFr = task.French, DueDay = DayField.Write(due < notice ? notice : due),
        };
    });

    /// <summary>The day from which on a task that is not done is late; null when there is none to watch in the phases so far.</summary>
    public static DateOnly? NextLate(Exit exit) => exit.State != ExitState.Open ? null : exit.Tasks
        .Where(task => task.Phase <= exit.Phase && task.DoneTime is null && task.OverdueTime is null)
        .Select(task => (DateOnly?)DayField.Read("due_day", task.DueDay, [])!.Value.AddDays(1))
        .Min();
}
