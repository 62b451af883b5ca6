using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>No answer to auditors is late silently.</summary>
internal sealed class EvidenceDeadlines(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "audit.evidence";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var request = await session.FindAsync<EvidenceRow>(
            $"{FollowUpStore.Requests}\nWHERE owner_id = @OwnerId AND evidence_request_id = @ObjectId FOR NO KEY UPDATE", new { item.OwnerId, item.ObjectId }, cancellationToken);
        if (request is null || FollowUpMoves.Next(request) is not { } time)
            return;

        if (clock.GetUtcNow() < time)
        {
            await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, time, cancellationToken);
            return;
        }

        session.ActFor(request.OwnerId);
        var late = request with { OverdueTime = clock.GetUtcNow().InMicroseconds(), Revision = request.Revision + 1 };
        await session.SaveRequestAsync(late, cancellationToken);
        await session.AppendRequestAsync(late, new EvidenceOverdue { Request = late.ToMessage() }, clock, cancellationToken);
    }
}

/// <summary>No corrective plan is late silently.</summary>
internal sealed class PlanDeadlines(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "audit.plan";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var finding = await session.FindAsync<FindingRow>(
            $"{FollowUpStore.Findings}\nWHERE owner_id = @OwnerId AND finding_id = @ObjectId FOR NO KEY UPDATE", new { item.OwnerId, item.ObjectId }, cancellationToken);
        if (finding is null || FollowUpMoves.Next(finding) is not { } time)
            return;

        if (clock.GetUtcNow() < time)
        {
            await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, time, cancellationToken);
            return;
        }

        session.ActFor(finding.OwnerId);
        var late = finding with { OverdueTime = clock.GetUtcNow().InMicroseconds(), Revision = finding.Revision + 1 };
        await session.SaveFindingAsync(late, cancellationToken);
        await session.AppendFindingAsync(late, new CorrectivePlanOverdue { Finding = late.ToMessage() }, clock, cancellationToken);
    }
}
