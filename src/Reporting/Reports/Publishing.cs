using System.Globalization;
using Delegation.Persistence.Commands;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Formats;
using Delegation.Reporting.Reports.Calendar;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Reports;

/// <summary>Publishes and restates reports: computes, seals and tells, all in one transaction.</summary>
internal sealed class Publishing(IEnumerable<IReportBuilder> builders, TimeProvider clock)
{
    private static readonly TimeSpan StatementLimit = TimeSpan.FromMinutes(5);

    private static readonly LocalizedText NothingImported = new(
        "Nothing was imported in this delegation: there is nothing to tell.", "Rien n'a été importé dans cette délégation : il n'y a rien à rapporter.");

    private static readonly LocalizedText NothingChanged = new(
        "It says what the version before says: there is nothing to restate.", "Il dit ce que dit la version précédente : il n'y a rien à rectifier.");

    public async Task<Outcome<Report>> PublishAsync(TenantSession session, PublishReportRequest request, CancellationToken cancellationToken)
    {
        var today = ParisDays.DayAt(clock.GetUtcNow());
        return await Publication.Read(request).ThenAsync(async asked =>
            await (await session.FindDelegationAsync(asked.DelegationId, cancellationToken)).ThenAsync(async delegation =>
                delegation.Closed<Report>() ?? await (await session.LockReportAsync(delegation, asked.ReportId, cancellationToken)).ThenAsync(async row =>
                    Etag.Mismatch<Report>(asked.Etag, row.Id, row.Revision) ?? asked.Refusal<Report>(row, today)
                    ?? await PublishAsync(session, row, asked, today, cancellationToken))));
    }

    private async Task<Outcome<Report>> PublishAsync(TenantSession session, ReportRow row, Publication asked, DateOnly today, CancellationToken cancellationToken)
    {
        session.StatementLimit = StatementLimit;
        var sources = await session.WaitForImportsAsync(row.Delegation, cancellationToken);
        if (sources.Count == 0)
            return new Outcome<Report>.Refused("NOTHING_IMPORTED", NothingImported);

        var scope = new ReportScope(row.Delegation, row.Period, asked.SeenAt(today));
        var content = Head(row, scope, sources);
        var built = await builders.Single(builder => builder.Kind == row.KindOf).BuildAsync(session, scope, cancellationToken);
        await session.WriteContentAsync(row, content, built, cancellationToken);
        if (ContentWriter.Differing(content).ToArray() is { Length: > 0 } differing)
            return new Outcome<Report>.Refused("CONTROL_TOTALS_DIFFER", TotalsDiffer, [.. differing.Select(Unequal)]);

        var differences = row.Version == 0 ? 0 : await session.WriteDifferencesAsync(row, content, cancellationToken);
        if (row.Version > 0 && differences == 0)
            return new Outcome<Report>.Refused("NOTHING_CHANGED", NothingChanged);

        var seal = await Seal.OfAsync(content, table => session.ReadLinesAsync(row, content.Version, table, cancellationToken), cancellationToken);
        var now = clock.GetUtcNow();
        var version = new VersionRow
        {
            Version = content.Version, ValuationDay = scope.ValuationDay, Sha256 = seal.Sha256, SizeBytes = seal.SizeBytes, DifferenceCount = differences,
            LineCount = content.Tables.Sum(table => table.LineCount), Reason = asked.Reason, PersonId = session.Caller.PersonId, PublishTime = now.InMicroseconds(),
        };
        await session.InsertVersionAsync(row, version, content, cancellationToken);
        return new Outcome<Report>.Accepted(await SaveAsync(session, row, version, now, cancellationToken));
    }

    private async Task<Report> SaveAsync(TenantSession session, ReportRow row, VersionRow version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var published = row with
        {
            Version = version.Version, Acceptance = ReportRow.Waiting, PublishTime = row.PublishTime ?? version.PublishTime, Revision = row.Revision + 1,
            LateTime = row.LateTime ?? (ListedReport.IsLate(row.DueDay, row.PublishTime, now) ? ParisDays.EndOf(row.DueDay).UtcDateTime : null),
        };
        await session.SaveReportAsync(published, cancellationToken);
        var happened = new ReportPublished { Report = published.ToMessage(now), Version = version.ToMessage() };
        await session.AppendAsync(row.Delegation.Entry(ReportWork.ObjectType, row.Id, published.Revision, happened), clock, cancellationToken);
        await session.CancelScheduledAsync(ReportTurnsLate.WorkKind, row.OwnerId, row.DelegationId, row.Id, cancellationToken);
        var disputes = await session.ListDisputesAsync(row, cancellationToken);
        await session.KeepWorkAsync(published, disputes, clock, cancellationToken);
        return published.ToMessage(now, await session.ListVersionsAsync(row, cancellationToken), disputes);
    }

    private static ReportContent Head(ReportRow row, ReportScope scope, IReadOnlyList<ReportSource> sources) => new()
    {
        ReportId = row.Id.ToString(),
        DelegationId = row.DelegationId.ToString(),
        Kind = row.Kind,
        Title = row.Title,
        Version = row.Version + 1,
        PeriodStartDay = DayField.Write(row.PeriodStartDay),
        PeriodEndDay = DayField.Write(row.PeriodEndDay),
        ValuationDay = DayField.Write(scope.ValuationDay),
        Sources = { sources },
    };

    private static LocalizedText TotalsDiffer { get; } = new(
        "Control totals differ from the tables: nothing was published.", "Des totaux de contrôle diffèrent des tableaux : rien n'a été publié.");

    private static UnmetCondition Unequal((ControlTotal Control, ReportCell Total) found) => new(
        "CONTROL_TOTAL_DIFFERS", found.Control.Key,
        new(string.Create(CultureInfo.InvariantCulture, $"{found.Control.TitleEn}: {found.Control.Number}, and {found.Total.Number} in the table."),
            string.Create(CultureInfo.InvariantCulture, $"{found.Control.TitleFr} : {found.Control.Number}, et {found.Total.Number} dans le tableau.")));
}
