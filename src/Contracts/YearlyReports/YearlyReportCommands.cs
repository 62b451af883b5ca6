using Delegation.Contracts.Delegations;
using Delegation.Contracts.EvidenceFiles;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Basis = Delegation.Contracts.V1.YearlyReportTerms.Types.Basis;
using State = Delegation.Contracts.V1.YearlyReport.Types.State;

namespace Delegation.Contracts.YearlyReports;

/// <summary>The commands on yearly reports: each locks delegation and row, decides, and saves with entries, work items and deadlines.</summary>
internal sealed class YearlyReportCommands(TimeProvider clock)
{
    public async Task<Outcome<YearlyReportTerms>> SetTermsAsync(TenantSession session, SetYearlyReportTermsRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        if (IdField.Read("delegation_id", request.DelegationId, violations) is not { } delegationId)
            return new Outcome<YearlyReportTerms>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId, cancellationToken)).ThenAsync(async delegation =>
        {
            var former = await session.FindTermsAsync(delegation, isLocked: true, cancellationToken);
            if ((delegation.Closed<YearlyReportTerms>() ?? Etag.Mismatch<YearlyReportTerms>(request.Etag, delegation.Id, former?.Revision ?? 0)) is { } refused)
                return refused;

            var now = clock.GetUtcNow();
            var isLaw = await ReportBasis.FindAsync(session, delegation, terms: null, cancellationToken) == Basis.MutualCode;
            return await ReportMoves.SetTerms(request, former, delegation, isLaw, ParisDays.DayAt(now)).ThenAsync(async set =>
            {
                await session.AppendAsync(set.Happened(new YearlyReportTermsSet { Terms = set.ToMessage(set.BasisOf) }), clock, cancellationToken);
                var (terms, expected) = await session.ExpectAsync(set, clock, cancellationToken);
                await session.SaveTermsAsync(terms, cancellationToken);
                foreach (var report in expected)
                    await session.ScheduleAsync(YearlyReportDays.WorkKind, report.OwnerId, report.DelegationId, report.Id, ParisDays.EndOf(report.DueDay), cancellationToken);
                await session.ScheduleAsync(YearlyReportYears.WorkKind, terms.OwnerId, terms.DelegationId, terms.DelegationId, ParisDays.StartOf(terms.NextDay), cancellationToken);
                return (Outcome<YearlyReportTerms>)new Outcome<YearlyReportTerms>.Accepted(terms.ToMessage(terms.BasisOf));
            });
        });
    }

    /// <summary>Stores a file that was received and found right, for the delegate alone, in place of one that was not submitted.</summary>
    public async Task<Outcome<YearlyReport>> UploadAsync(TenantSession session, Attachment attachment, ReceivedFile file, CancellationToken cancellationToken) =>
        await (await session.FindSharedDelegationAsync(attachment.Ids.Delegation, cancellationToken)).ThenAsync(async found =>
        {
            var now = clock.GetUtcNow();
            var told = await session.StoreEvidenceAsync(found, Visibility.Delegate, attachment, file, now, cancellationToken);
            return await OfReportAsync(session, attachment.Ids, etag: null, async (delegation, row, versions) =>
            {
                var former = versions.FirstOrDefault(version => version.Read().Draft);
                var id = former?.Id ?? NewId.At(now);
                var draft = new YearlyReportVersion { Id = id.ToString(), Number = versions.Count(version => !version.Read().Draft) + 1, Draft = true, File = told };
                var version = (former ?? new YearlyReportVersionRow(row.Id, id, "{}", Revision: 0)).With(draft);
                await session.SaveVersionAsync(row, version, cancellationToken);
                await session.AppendAsync(
                    new JournalEvent(row.OwnerId, row.DelegationId, row.DelegateId, Visibility.Delegate, YearlyReportVersionRow.ObjectType, version.Id, version.Revision,
                        new YearlyReportUploaded { YearlyReportId = row.Id.ToString(), Version = draft }),
                    clock,
                    cancellationToken);
                return await AnswerAsync(session, delegation, row, cancellationToken);
            }, cancellationToken);
        });

    public Task<Outcome<YearlyReport>> SubmitAsync(TenantSession session, SubmitYearlyReportRequest request, CancellationToken cancellationToken) =>
        SharedObjectIds.Read(request.DelegationId, "yearly_report_id", request.YearlyReportId).ThenAsync(ids => OfReportAsync(session, ids, request.Etag, async (delegation, row, versions) =>
        {
            var draft = versions.FirstOrDefault(version => version.Read().Draft);
            var submitted = versions.Count(version => !version.Read().Draft);
            return await ReportMoves.Submit(request, draft?.Read(), submitted, session.Caller, clock.GetUtcNow()).ThenAsync(async version =>
            {
                await session.ShareFileAsync(new FileParty(row.OwnerId, row.DelegationId, row.DelegateId, Visibility.Both), Guid.Parse(version.File.Id), cancellationToken);
                await session.SaveVersionAsync(row, draft!.With(version), cancellationToken);
                await session.CancelScheduledAsync(YearlyReportDays.WorkKind, row.OwnerId, row.DelegationId, row.Id, cancellationToken);
                return await SavedAsync(session, delegation, row.With(new YearlyReport(row.Read()) { State = State.Submitted }), report => new YearlyReportSubmitted { Report = report }, cancellationToken);
            });
        }, cancellationToken));

    public Task<Outcome<YearlyReport>> PresentAsync(TenantSession session, RecordPresentationRequest request, CancellationToken cancellationToken) =>
        SharedObjectIds.Read(request.DelegationId, "yearly_report_id", request.YearlyReportId).ThenAsync(ids => OfReportAsync(session, ids, request.Etag, (delegation, row, versions) =>
            ReportMoves.Present(request, row.Read(), versions is [.., var latest] ? latest.Read() : null, session.Caller, clock.GetUtcNow()).ThenAsync(presented =>
                SavedAsync(session, delegation, row.With(presented), report => new YearlyReportPresented { Report = report }, cancellationToken)), cancellationToken));

    private static async Task<Outcome<YearlyReport>> OfReportAsync(
        TenantSession session, SharedObjectIds ids, string? etag, Func<SharedDelegation, YearlyReportRow, IReadOnlyList<YearlyReportVersionRow>, Task<Outcome<YearlyReport>>> command,
        CancellationToken cancellationToken) =>
        await (await session.LockSharedDelegationAsync(ids.Delegation, cancellationToken)).ThenAsync(async delegation =>
            await (await session.FindReportAsync(delegation, ids.Object, isLocked: true, cancellationToken)).ThenAsync(async row =>
                delegation.Closed<YearlyReport>() ?? (etag is null ? null : Etag.Mismatch<YearlyReport>(etag, row.Id, row.Revision))
                ?? await command(delegation, row, [.. (await session.ListVersionsAsync(delegation, [row], cancellationToken))[row.Id]])));

    private async Task<Outcome<YearlyReport>> SavedAsync(
        TenantSession session, SharedDelegation delegation, YearlyReportRow row, Func<YearlyReport, IMessage> happened, CancellationToken cancellationToken)
    {
        await session.SaveReportAsync(row, cancellationToken);
        // No draft is there now: one that was submitted was the only one, and to the insurer none is.
        var versions = (await session.ListVersionsAsync(delegation, [row], cancellationToken))[row.Id];
        await session.AppendReportAsync(row, happened(row.ToMessage(versions)), clock, cancellationToken);
        return new Outcome<YearlyReport>.Accepted(row.ToMessage(versions));
    }

    private static async Task<Outcome<YearlyReport>> AnswerAsync(TenantSession session, SharedDelegation delegation, YearlyReportRow row, CancellationToken cancellationToken) =>
        new Outcome<YearlyReport>.Accepted(row.ToMessage((await session.ListVersionsAsync(delegation, [row], cancellationToken))[row.Id]));
}
