using Delegation.Access.V1;
using Delegation.Contracts.Contacts;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Reversibility;

/// <summary>No task of an exit is late silently: the journal says so once, and it is escalated to the main contacts of both sides.</summary>
internal sealed class OverdueTasks(TimeProvider clock) : IDueWork
{
    /// <inheritdoc/>
    public string Kind => ExitWork.OverdueKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        if (await session.LockExitAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { } row || row.Read() is not { State: ExitState.Open } exit)
            return;

        session.ActFor(row.OwnerId);
        var now = clock.GetUtcNow();
        var today = ParisDays.DayAt(now);
        foreach (var task in exit.Tasks.Where(task => task.Phase <= exit.Phase && task.DoneTime is null && task.OverdueTime is null && Triggering.DayOf(task.DueDay) < today))
        {
            task.OverdueTime = Timestamp.FromDateTime(now.InMicroseconds());
            row = row.With(exit);
            await session.SaveExitAsync(row, cancellationToken);
            await session.AppendAsync(row.Happened(new ExitTaskOverdue { Exit = row.ToMessage(), TaskCode = task.Code }), clock, cancellationToken);
            foreach (var side in Sides.Both)
                await EscalateAsync(session, row, task, side, now, cancellationToken);
        }

        if (ExitTasks.NextLate(exit) is { } day)
            await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, ParisDays.StartOf(day), cancellationToken);
    }

    private async Task EscalateAsync(SystemSession session, ExitRow row, ExitTask task, Side side, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var contact = await session.FindAnsweringAsync(row.OwnerId, row.DelegationId, row.DelegateId, side, now, cancellationToken);
        var work = new OpenWork(
            ExitWork.LateKey(row, task, side), row.OwnerId, row.DelegationId, row.DelegateId,
            new($"Late in the exit since {task.DueDay}: {task.TitleEn}", $"En retard dans la sortie depuis le {ExitWords.French(task.DueDay)} : {task.TitleFr}"))
        {
            Roles = contact is null ? [Role.DelegationManager] : [],
            PersonId = contact,
            DueDay = DayField.Read("due_day", task.DueDay, []),
        };
        await session.OpenWorkItemAsync(work, clock, cancellationToken);
    }
}
