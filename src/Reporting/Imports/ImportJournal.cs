using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Imports;

/// <summary>What the journal says of imports, and whom their rejected lines wait for.</summary>
internal static class ImportJournal
{
    public const string ObjectType = "import";

    private const int DaysToCorrect = 7;

    /// <summary>Keeps the delegate's work list in step: rejected lines wait to be corrected as long as there are any.</summary>
    public static Task KeepWorkAsync(this TenantSession session, ImportRow row, TimeProvider clock, CancellationToken cancellationToken)
    {
        var key = new WorkItemKey("import.correct", ObjectType, row.Id, Side.Delegate);
        if (row.OpenRejectedLines == 0)
            return session.CloseWorkItemAsync(key, clock, cancellationToken);

        var title = new LocalizedText(
            $"Correct {row.OpenRejectedLines} rejected lines of {row.FileName}", $"Corriger {row.OpenRejectedLines} lignes rejetées de {row.FileName}");
        var due = ParisDays.DayAt(row.ApplyTime!.Value).AddDays(DaysToCorrect);
        return session.OpenWorkItemAsync(
            new OpenWork(key, row.OwnerId, row.DelegationId, row.DelegateId, title) { Roles = [Role.Reporting, Role.Operations], DueDay = due }, clock, cancellationToken);
    }

    /// <summary>Rejected lines of earlier imports that this one tells again, or whose period it replaces, wait no longer.</summary>
    public static async Task CorrectEarlierAsync(this TenantSession session, ImportRow row, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var (importId, lines) in await session.MarkCorrectedAsync(row, cancellationToken))
        {
            var earlier = (await session.LockImportAsync(row.Delegation, importId, cancellationToken)).ValueOrStatus();
            var corrected = earlier with { OpenRejectedLines = earlier.OpenRejectedLines - lines, Revision = earlier.Revision + 1 };
            await session.SaveImportAsync(corrected, cancellationToken);
            var happened = new ImportRejectionsCorrected { Import = corrected.ToMessage(), CorrectedByImportId = row.Id.ToString() };
            await session.AppendAsync(row.Delegation.Entry(ObjectType, corrected.Id, corrected.Revision, happened), clock, cancellationToken);
            await session.KeepWorkAsync(corrected, clock, cancellationToken);
        }
    }
}
