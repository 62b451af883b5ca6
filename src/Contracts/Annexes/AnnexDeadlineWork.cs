using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using State = Delegation.Contracts.V1.Annex.Types.State;
using Step = Delegation.Contracts.Annexes.AnnexDeadlines.Step;

namespace Delegation.Contracts.Annexes;

/// <summary>No annex is late or expires silently.</summary>
internal sealed class AnnexDeadlineWork(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "annex.deadlines";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var annex = await session.FindAsync<AnnexRow>(
            $"{AnnexStore.Columns}\nWHERE owner_id = @OwnerId AND annex_id = @ObjectId FOR NO KEY UPDATE", new { item.OwnerId, item.ObjectId }, cancellationToken);
        if (annex is null)
            return;

        session.ActFor(annex.OwnerId);
        var (now, today) = (clock.GetUtcNow().InMicroseconds(), ParisDays.DayAt(clock.GetUtcNow()));
        var next = annex with { Revision = annex.Revision + 1 };
        switch (AnnexDeadlines.Due(annex, today))
        {
            case Step.Overdue:
                next = next with { OverdueTime = now };
                await SaveAsync(next, new AnnexOverdue { Annex = next.ToMessage() });
                break;
            case Step.Warn:
                next = next with { WarnTime = now };
                await SaveAsync(next, new AnnexExpiryAhead { Annex = next.ToMessage(), DaysLeft = annex.ExpireDay!.Value.DayNumber - today.DayNumber + 1 });
                break;
            case Step.Expire:
                // The next one was due by the last day of this one.
                next = next with
                {
                    State = annex.IsIn(State.Approved) ? State.Expired.Stored() : annex.State,
                    ApprovedVersionId = null, ExpireDay = null, WarnTime = null, DueDay = annex.ExpireDay!.Value, OverdueTime = now,
                };
                await SaveAsync(next, new AnnexExpired { Annex = next.ToMessage() });
                break;
            default:
                next = annex;
                break;
        }

        if (AnnexDeadlines.Next(next) is { } time)
            await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, time, cancellationToken);

        async Task SaveAsync(AnnexRow saved, IMessage happened)
        {
            await session.SaveAnnexAsync(saved, cancellationToken);
            await session.AppendAnnexAsync(saved, happened, clock, cancellationToken);
        }
    }
}
