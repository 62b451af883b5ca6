using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Stored;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;

namespace Delegation.Reporting.Reports;

/// <summary>What the insurer says of the latest version of a report, and what both sides make of a dispute.</summary>
internal sealed class Verdicts(TimeProvider clock)
{
    private const int MostDisputes = 200;

    private static readonly LocalizedText NotPublished = new("This report is not published yet.", "Ce reporting n'est pas encore publié.");

    public Task<Outcome<Report>> AcceptAsync(TenantSession session, AcceptReportRequest request, CancellationToken cancellationToken)
    {
        var (delegationId, reportId) = ReportIds.Read(request.DelegationId, request.ReportId, []);
        return ChangeAsync(session, delegationId, reportId, request.Etag, async (row, disputes, _) =>
            row.Version == 0 ? new Outcome<Change>.Refused("REPORT_NOT_PUBLISHED", NotPublished)
            : row.Acceptance == ReportRow.Accepted ? new Outcome<Change>.Refused(
                "REPORT_ALREADY_ACCEPTED", new("Its latest version is accepted already.", "Sa dernière version est déjà acceptée."))
            : disputes.Any(dispute => dispute.ResolveTime is null) ? new Outcome<Change>.Refused(
                "DISPUTE_OPEN", new("A figure of it is disputed. Resolve that first, with the other side.", "L'un de ses chiffres est contesté. Réglez d'abord la contestation avec l'autre partie."))
            : await AcceptedAsync(row, disputes), cancellationToken);

        async Task<Outcome<Change>> AcceptedAsync(ReportRow row, IReadOnlyList<DisputeRow> disputes)
        {
            var latest = (await session.ListVersionsAsync(row, cancellationToken))[0].ToMessage();
            return new Outcome<Change>.Accepted(new Change(
                row with { Acceptance = ReportRow.Accepted }, disputes, report => new ReportAccepted { Report = report, Version = latest }));
        }
    }

    public Task<Outcome<Report>> DisputeAsync(TenantSession session, DisputeReportRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var (delegationId, reportId) = ReportIds.Read(request.DelegationId, request.ReportId, violations, refuses: false);
        var figure = DisputedFigure.Read(request, violations);
        violations.RefuseIfAny();
        return ChangeAsync(session, delegationId, reportId, request.Etag, async (row, disputes, now) =>
        {
            if (row.Version == 0)
                return new Outcome<Change>.Refused("REPORT_NOT_PUBLISHED", NotPublished);
            if (disputes.Count >= MostDisputes)
                return new Outcome<Change>.Refused(
                    "TOO_MANY_DISPUTES", new($"{MostDisputes} figures are disputed already.", $"{MostDisputes} chiffres sont déjà contestés."));
            if (disputes.Any(dispute => dispute.ResolveTime is null && dispute.Version == row.Version && figure!.Is(dispute)))
                return new Outcome<Change>.Refused("FIGURE_ALREADY_DISPUTED", new("This figure is disputed already.", "Ce chiffre est déjà contesté."));

            return await (await figure!.FindAsync(session, row, cancellationToken)).ThenAsync<Change>(async published =>
            {
                var dispute = new DisputeRow
                {
                    Id = NewId.At(now), Version = row.Version, TableKey = figure.TableKey, LineKey = figure.LineKey, ColumnKey = figure.ColumnKey,
                    Published = published.HasNumber ? published.Number : null, Claimed = figure.Claimed, Reason = figure.Reason,
                    PersonId = session.Caller.PersonId, DisputeTime = now.InMicroseconds(),
                };
                await session.InsertDisputeAsync(row, dispute, cancellationToken);
                return new Outcome<Change>.Accepted(new Change(
                    row with { Acceptance = ReportRow.Disputed },
                    [.. disputes, dispute],
                    report => new ReportDisputed { Report = report, Dispute = dispute.ToMessage() }));
            });
        }, cancellationToken);
    }

    public Task<Outcome<Report>> ResolveAsync(TenantSession session, ResolveReportDisputeRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var (delegationId, reportId) = ReportIds.Read(request.DelegationId, request.ReportId, violations, refuses: false);
        var disputeId = IdField.Read("dispute_id", request.DisputeId, violations);
        DisputedFigure.NeedsAResolution(request.Resolution, violations);
        violations.RefuseIfAny();
        return ChangeAsync(session, delegationId, reportId, request.Etag, async (row, disputes, now) =>
        {
            if (disputes.FirstOrDefault(dispute => dispute.Id == disputeId) is not { } dispute)
                return new Outcome<Change>.NotFound(
                    "DISPUTE_NOT_FOUND", new("There is no dispute with this id of the report.", "Aucune contestation de ce reporting n'a cet identifiant."));
            if (dispute.ResolveTime is not null)
                return new Outcome<Change>.Refused("DISPUTE_RESOLVED", new("This dispute is resolved.", "Cette contestation est réglée."));

            var said = dispute.With(session.Caller.Side, request.Resolution, now.InMicroseconds());
            await session.SaveDisputeAsync(row, said, cancellationToken);
            IReadOnlyList<DisputeRow> all = [.. disputes.Select(one => one.Id == said.Id ? said : one)];
            // With the last dispute resolved the insurer may accept, or dispute something else.
            var acceptance = row.Acceptance == ReportRow.Disputed && all.All(one => one.ResolveTime is not null) ? ReportRow.Waiting : row.Acceptance;
            return new Outcome<Change>.Accepted(new Change(
                row with { Acceptance = acceptance },
                all,
                report => new ReportDisputeChanged { Report = report, Dispute = said.ToMessage() }));
        }, cancellationToken);
    }

    // What all commands on a report have in common: find, lock, compare the etag, decide, save, tell, keep work lists in step.
    private async Task<Outcome<Report>> ChangeAsync(
        TenantSession session,
        Guid delegationId,
        Guid reportId,
        string etag,
        Func<ReportRow, IReadOnlyList<DisputeRow>, DateTimeOffset, Task<Outcome<Change>>> decide,
        CancellationToken cancellationToken) =>
        await (await session.FindDelegationAsync(delegationId, cancellationToken)).ThenAsync(async delegation =>
            delegation.Closed<Report>() ?? await (await session.LockReportAsync(delegation, reportId, cancellationToken)).ThenAsync(async row =>
            {
                if (Etag.Mismatch<Report>(etag, row.Id, row.Revision) is { } mismatch)
                    return mismatch;

                var now = clock.GetUtcNow();
                return await (await decide(row, await session.ListDisputesAsync(row, cancellationToken), now)).ThenAsync<Report>(async change =>
                {
                    var changed = change.Row with { Revision = row.Revision + 1 };
                    await session.SaveReportAsync(changed, cancellationToken);
                    await session.AppendAsync(
                        delegation.Entry(ReportWork.ObjectType, row.Id, changed.Revision, change.Happened(changed.ToMessage(now))), clock, cancellationToken);
                    await session.KeepWorkAsync(changed, change.Disputes, clock, cancellationToken);
                    return new Outcome<Report>.Accepted(changed.ToMessage(now, await session.ListVersionsAsync(row, cancellationToken), change.Disputes));
                });
            }));

    private sealed record Change(ReportRow Row, IReadOnlyList<DisputeRow> Disputes, Func<Report, IMessage> Happened);
}
