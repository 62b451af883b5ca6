using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.Items;
using Delegation.Watch.Triage;
using Delegation.Watch.V1;

namespace Delegation.Watch.Impact;

/// <summary>Records the impact of an item, with what of the delegations it touches.</summary>
internal sealed class Assessing(ItemMoves moves, OtherServices others, TimeProvider clock)
{
    public async Task<Outcome<TrackedItem>> AssessAsync(TenantSession session, AssessItemRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var assessment = AssessmentFields.Read(request.Assessment, violations);
        var item = (await session.LockTrackedItemAsync(ItemId.Read(request.ItemId, violations), cancellationToken)).ValueOrStatus();
        violations.AddRange(AssessmentFields.Misfits(assessment!, item, ParisDays.DayAt(clock.GetUtcNow())));
        violations.RefuseIfAny();
        if (Etag.Mismatch<TrackedItem>(request.Etag, item.Id, item.Revision) is { } mismatch)
            return mismatch;
        if (!item.IsInWork)
            return Triaging.Refused<TrackedItem>();

        await NameAsync(session, assessment!, cancellationToken);
        var assessed = (item with { State = TrackedItem.Types.State.Assessed.Stored(), Assessment = ProtoJson.Write(assessment!) }).Changed(clock.GetUtcNow().InMicroseconds());
        return await moves.SaveAsync(session, assessed, message => new ItemAssessed { Item = message }, cancellationToken);
    }

    // What the caller may not see is not there, whichever service says so.
    private async Task NameAsync(TenantSession session, Assessment assessment, CancellationToken cancellationToken)
    {
        var delegations = (await session.FindDelegationsAsync([.. assessment.Affected.Select(affected => Guid.Parse(affected.DelegationId)).Distinct()], cancellationToken))
            .Select(known => known.DelegationId.ToString()).ToHashSet();
        var violations = new List<FieldViolation>();
        foreach (var (index, affected) in assessment.Affected.Index())
        {
            var known = delegations.Contains(affected.DelegationId);
            var title = known ? await others.TitleAsync(affected, cancellationToken) : null;
            if (!known)
                violations.Add(new(
                    $"assessment.affected[{index}].delegation_id", "DELEGATION_UNKNOWN", new("There is no delegation with this id.", "Aucune délégation n'a cet identifiant."),
                    new("Give the id of one of your delegations.", "Indiquez l'identifiant de l'une de vos délégations.")));
            else if (title is null)
                violations.Add(new(
                    $"assessment.affected[{index}].id", "OBJECT_UNKNOWN", new("This delegation has no such object.", "Cette délégation n'a pas un tel objet."),
                    new("Give its id as its service answers it, and of a part the parent's too.", "Indiquez son identifiant tel que son service le répond et, pour une partie, celui du tout.")));
            affected.Title = title ?? "";
        }

        violations.RefuseIfAny();
    }
}
