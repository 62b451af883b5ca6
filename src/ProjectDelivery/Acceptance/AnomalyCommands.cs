using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>What people do to anomalies, beside running their cases.</summary>
internal sealed class AnomalyCommands(TimeProvider clock)
{
    public Task<Outcome<Anomaly>> UpdateAsync(TenantSession session, UpdateAnomalyRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = AnomalyFields.Read(request, violations);
        var ids = PlanIds.Read(request.ProjectId, "anomaly_id", request.AnomalyId, violations);
        return MoveAsync(session, ids, request.Etag, (anomaly, now) => AnomalyMoves.Change(anomaly, fields!, now), cancellationToken);
    }

    public Task<Outcome<Anomaly>> FixAsync(TenantSession session, FixAnomalyRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fix = TextField.ReadRequiredText("fix", request.Fix, 4000, violations);
        var ids = PlanIds.Read(request.ProjectId, "anomaly_id", request.AnomalyId, violations);
        return MoveAsync(session, ids, request.Etag, (anomaly, now) => AnomalyMoves.Fix(anomaly, session.Caller.Side, fix!, now), cancellationToken);
    }

    public Task<Outcome<Anomaly>> CloseAsync(TenantSession session, CloseAnomalyRequest request, CancellationToken cancellationToken)
    {
        var ids = PlanIds.Read(request.ProjectId, "anomaly_id", request.AnomalyId, []);
        return MoveAsync(session, ids, request.Etag, (anomaly, now) => AnomalyMoves.Close(anomaly, session.Caller.Side, now), cancellationToken);
    }

    public Task<Outcome<Anomaly>> SettleAsync(TenantSession session, SettleAnomalyRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var settlement = Settlement.Read(request, violations);
        var ids = PlanIds.Read(request.ProjectId, "anomaly_id", request.AnomalyId, violations);
        return MoveAsync(session, ids, request.Etag, (anomaly, now) => settlement!.Propose(anomaly, session.Caller.Side, now), cancellationToken);
    }

    private async Task<Outcome<Anomaly>> MoveAsync(
        TenantSession session,
        (Guid ProjectId, Guid AnomalyId) ids,
        string etag,
        Func<AnomalyRow, DateTime, Outcome<AnomalyRow>> move,
        CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(ids.ProjectId, cancellationToken)).ValueOrStatus();
        var before = (await session.FindAnomalyAsync(project, ids.AnomalyId, cancellationToken)).ValueOrStatus();
        if ((Etag.Mismatch<Anomaly>(etag, before.Id, before.Revision) ?? ProjectChange.NeedsAProjectInProgress<Anomaly>(project)) is { } refused)
            return refused;

        return await move(before, clock.GetUtcNow().InMicroseconds()).ThenAsync<Anomaly>(async after =>
        {
            await session.UpdateAnomalyAsync(after, cancellationToken);
            await session.TellAsync(before, after, clock, cancellationToken);
            return new Outcome<Anomaly>.Accepted(after.ToMessage());
        });
    }
}
