using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.Control.Types.State;

namespace Delegation.Contracts.ControlPlans;

/// <summary>A control comes on its owner's work list before its day, and is late when that is over, for all to see: it is never dropped silently.</summary>
internal sealed class ControlDeadlines(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "control.day";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        if (await session.LockControlAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { } row || row.Read() is not { State: State.Planned, Late: false })
            return;

        session.ActFor(row.OwnerId);
        var now = clock.GetUtcNow();
        if (now >= ParisDays.EndOf(row.DueDay))
        {
            row = row.With(new Control(row.Read()) { Late = true });
            await session.SaveControlAsync(row, cancellationToken);
            await session.AppendControlAsync(row, new ControlOverdue { Control = row.ToMessage() }, clock, cancellationToken);
        }
        else
            await session.KeepControlWorkAsync(row, clock, cancellationToken);

        if (ControlDays.Next(row.Read(), now) is { } next)
            await session.ScheduleAsync(Kind, row.OwnerId, row.Id, next, cancellationToken);
    }
}
