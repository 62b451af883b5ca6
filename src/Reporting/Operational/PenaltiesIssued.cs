using Delegation.Contracts.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting.Operational;

/// <summary>What Contracts tells of credit notes: a penalty whose credit note was issued waits no longer, and one whose note was withdrawn waits again.</summary>
internal static class PenaltiesIssued
{
    public static async Task KeepPenaltiesAsync(
        this SystemSession session, JournalEntry told, CreditNote note, bool issued, TimeProvider clock, CancellationToken cancellationToken)
    {
        var delegation = new KnownDelegation(told.OwnerId, told.DelegationId!.Value, told.DelegateId!.Value, "open");
        foreach (var row in await session.ListLatestAsync(delegation, Guid.Parse(note.CommitmentId), Day(note.StartDay), Day(note.EndDay), cancellationToken))
            await session.KeepPenaltyAsync(delegation, row, clock, cancellationToken, issued);
    }

    private static DateOnly Day(string text) => DayField.Read("", text, new List<FieldViolation>())!.Value;
}
