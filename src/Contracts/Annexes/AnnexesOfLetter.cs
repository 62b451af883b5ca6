using Delegation.Access.V1;
using Delegation.Contracts.LetterOfEngagement;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Annexes;

/// <summary>A letter that enters into force requests the annexes that it lists as due, of the delegate, who runs what they are about.</summary>
internal static class AnnexesOfLetter
{
    public static async Task RequestAnnexesAsync(this TenantSession session, LetterRow letter, TimeProvider clock, CancellationToken cancellationToken)
    {
        var known = await session.LockAnnexesAsync(letter.OwnerId, letter.DelegationId, cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var listed in letter.ReadAnnexes())
        {
            var due = DayField.Read("due_day", listed.DueDay, [])!.Value;
            var annex = known.FirstOrDefault(other => other.KindOf == listed.Kind && other.Title == listed.Title);
            if (annex is null)
            {
                annex = Requesting.Requested(
                    (letter.OwnerId, letter.DelegationId, letter.DelegateId), NewId.At(now), listed.Kind, listed.Title, Side.Delegate,
                    AnnexKinds.UsualDepartments(listed.Kind), due, letter.Id, now);
                await session.InsertAnnexAsync(annex, cancellationToken);
                await session.AppendAnnexAsync(annex, new AnnexRequested { Annex = annex.ToMessage() }, clock, cancellationToken);
            }
            else if (annex.ApprovedVersionId is null && (annex.DueDay != due || annex.LetterId != letter.Id))
            {
                annex = annex with { DueDay = due, LetterId = letter.Id, OverdueTime = null, Revision = annex.Revision + 1 };
                await session.SaveAnnexAsync(annex, cancellationToken);
                await session.AppendAnnexAsync(annex, new AnnexDueDayChanged { Annex = annex.ToMessage() }, clock, cancellationToken);
            }

            await session.PlanDeadlinesAsync(annex, cancellationToken);
        }
    }
}
