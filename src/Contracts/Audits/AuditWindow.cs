using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Audits;

/// <summary>A mission opens when its first day begins and is over when its last one ends. Reading ends with the day in any case: admission asks the clock.</summary>
internal sealed class AuditWindow(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "audit.window";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var mission = await session.FindAsync<AuditMissionRow>(
            $"{AuditStore.Columns}\nWHERE owner_id = @OwnerId AND mission_id = @ObjectId FOR NO KEY UPDATE", new { item.OwnerId, item.ObjectId }, cancellationToken);
        if (mission is null)
            return;

        session.ActFor(mission.OwnerId);
        var next = AuditMoves.AtTime(mission, clock.GetUtcNow());
        if (next.Revision > mission.Revision)
        {
            await session.SaveMissionAsync(next, cancellationToken);
            await session.AppendMissionAsync(next, clock, cancellationToken);
        }

        if (AuditMoves.Next(next) is { } time)
            await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, time, cancellationToken);
    }
}
