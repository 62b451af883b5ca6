using Delegation.Access.V1;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.ProjectDelivery.Scoping.Items;

/// <summary>Decides on the consent of a side to a deliverable, and keeps the work lists of both: the second one has it to do once the first did it.</summary>
internal static class DeliverableConsent
{
    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    public static Outcome<DeliverableRow> Decide(DeliverableRow item, Caller caller, string etag, DateTimeOffset now)
    {
        if (EtagMismatch(item, etag) is { } stale)
            return stale;

        if (item.State == ItemStates.Retired)
            return new Outcome<DeliverableRow>.Refused(
                "DELIVERABLE_RETIRED", new("This deliverable does not count any more.", "Ce livrable est retiré."));

        if (item.HasConsentOf(caller.Side))
            return new Outcome<DeliverableRow>.Refused(
                "DELIVERABLE_ALREADY_VALIDATED", new("Your side has validated this deliverable already.", "Votre partie a déjà validé ce livrable."));

        var time = now.InMicroseconds();
        var consented = caller.Side == Side.Insurer
            ? item with { InsurerPersonId = caller.PersonId, InsurerConsentTime = time }
            : item with { DelegatePersonId = caller.PersonId, DelegateConsentTime = time };
        return new Outcome<DeliverableRow>.Accepted(consented with { UpdateTime = time, Revision = item.Revision + 1 });
    }

    /// <summary>A deliverable that one side validated waits for the other.</summary>
    public static async Task KeepDeliverableWorkAsync(this TenantSession session, DeliverableRow item, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in Sides)
        {
            var other = side == Side.Insurer ? Side.Delegate : Side.Insurer;
            if (item.State != ItemStates.Retired && item.HasConsentOf(other) && !item.HasConsentOf(side))
                await session.OpenWorkItemAsync(Work(item, side), clock, cancellationToken);
            else
                await session.CloseWorkItemAsync(Key(item, side), clock, cancellationToken);
        }
    }

    private static WorkItemKey Key(DeliverableRow item, Side side) => new("deliverable.validate", "deliverable", item.Id, side);

    private static OpenWork Work(DeliverableRow item, Side side) => new(
        Key(item, side), item.OwnerId, item.DelegationId, item.DelegateId,
        new LocalizedText($"Validate the deliverable: {item.Title}", $"Valider le livrable : {item.Title}"))
    {
        Roles = [Role.DelegationManager, Role.ProjectLead],
        DueDay = item.DueDay,
    };

    // What was read says the same since its last change: the other side's consent makes another revision and no other text.
    private static Outcome<DeliverableRow>? EtagMismatch(DeliverableRow item, string etag)
    {
        for (var revision = item.ContentRevision; revision < item.Revision; revision++)
            if (Etag.Mismatch<DeliverableRow>(etag, item.Id, revision) is null)
                return null;

        return Etag.Mismatch<DeliverableRow>(etag, item.Id, item.Revision);
    }
}
