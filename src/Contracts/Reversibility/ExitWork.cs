using Delegation.Access.V1;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Reversibility;

/// <summary>What an exit puts on work lists: the tasks of its phase, lots to count, and what the other side waits for.</summary>
internal static class ExitWork
{
    /// <summary>The kind of the work that looks at the days of tasks.</summary>
    public const string OverdueKind = "exit.overdue";

    private static readonly Role[] Roles = [Role.DelegationManager, Role.ProjectLead];

    /// <summary>Keeps the work lists of both sides in step with an exit that was <paramref name="former"/> before; only what changed is touched.</summary>
    public static async Task KeepExitWorkAsync(this TenantSession session, Exit? former, ExitRow row, TimeProvider clock, CancellationToken cancellationToken)
    {
        var exit = row.Read();
        var before = former is null ? [] : Waiting(former).ToDictionary(work => (work.Kind, work.Side));
        var since = Waiting(exit).ToDictionary(work => (work.Kind, work.Side));

        foreach (var gone in before.Where(work => !since.ContainsKey(work.Key)))
            await session.CloseWorkItemAsync(Key(row, gone.Value), clock, cancellationToken);
        foreach (var (key, work) in since)
            if (!before.TryGetValue(key, out var known) || known != work)
                await session.OpenWorkItemAsync(
                    new OpenWork(Key(row, work), row.OwnerId, row.DelegationId, row.DelegateId, work.Title) { Roles = Roles, DueDay = work.DueDay }, clock, cancellationToken);

        // What was late and is done, or over with the exit, is off the lists of both main contacts.
        foreach (var late in former?.Tasks.Where(task => task is { OverdueTime: not null, DoneTime: null }) ?? [])
            if (exit.State != ExitState.Open || exit.Tasks.Any(task => task.Code == late.Code && task.DoneTime is not null))
                foreach (var side in Sides.Both)
                    await session.CloseWorkItemAsync(LateKey(row, late, side), clock, cancellationToken);

        await session.ScheduleOverdueAsync(row, exit, cancellationToken);
    }

    /// <summary>What tells a side that a task is late.</summary>
    public static WorkItemKey LateKey(ExitRow row, ExitTask task, Side side) => new($"exit.overdue.{task.Code.ToLowerInvariant()}", ExitRow.ObjectType, row.Id, side);

    private static Task ScheduleOverdueAsync(this TenantSession session, ExitRow row, Exit exit, CancellationToken cancellationToken) =>
        ExitTasks.NextLate(exit) is { } day
            ? session.ScheduleAsync(OverdueKind, row.OwnerId, row.DelegationId, row.Id, ParisDays.StartOf(day), cancellationToken)
            : session.CancelScheduledAsync(OverdueKind, row.OwnerId, row.DelegationId, row.Id, cancellationToken);

    private static IEnumerable<Item> Waiting(Exit exit)
    {
        if (exit.State != ExitState.Open)
            yield break;

        foreach (var task in exit.Tasks.Where(task => task.Phase == exit.Phase && task.DoneTime is null))
            yield return new Item($"exit.{task.Code.ToLowerInvariant()}", task.Side, new(task.TitleEn, task.TitleFr), Triggering.DayOf(task.DueDay));

        foreach (var lot in exit.Lots.Where(lot => lot.Runs.LastOrDefault() is { Received: null }))
            yield return new Item($"exit.count.{lot.Kind.Stored()}", Side.Insurer, Count(ExitWords.Of(lot.Kind)), null);

        if (exit.PassedBy.Count == 1)
            yield return new Item("exit.pass", Other(exit.PassedBy[0]), new("Agree to leave the phase of the exit, or say why not", "Valider le passage à la phase suivante de la sortie"), null);
        if (exit.CalledOffBy.Count == 1)
            yield return new Item("exit.call_off", Other(exit.CalledOffBy[0]), new("Answer that the exit be called off", "Répondre à la proposition d'abandonner la sortie"), null);
        if (exit.Phase == ExitPhase.Closure && exit.Record?.AcceptTime is null)
            yield return new Item("exit.accept_record", Side.Insurer, new("Download the archive of the delegation and accept it", "Télécharger l'archive de la délégation et la réceptionner"), null);
        if (exit.Record is { AcceptTime: not null, DestructionOrderTime: null })
            yield return new Item("exit.destroy", Side.Insurer, new("Order the destruction of the delegate's copies", "Ordonner la destruction des copies du délégataire"), null);
    }

    private static LocalizedText Count(LocalizedText lot) =>
        new($"Count the lot “{lot.English}” that was handed over", $"Contrôler le lot « {lot.French} » qui a été remis");

    private static Side Other(Side side) => Sides.Both.Single(one => one != side);

    private static WorkItemKey Key(ExitRow row, Item work) => new(work.Kind, ExitRow.ObjectType, row.Id, work.Side);

    private sealed record Item(string Kind, Side Side, LocalizedText Title, DateOnly? DueDay);
}
