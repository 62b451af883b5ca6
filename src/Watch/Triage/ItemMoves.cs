using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.Items;
using Delegation.Watch.V1;
using Google.Protobuf;

namespace Delegation.Watch.Triage;

/// <summary>Commands on an item after it was added: correct it and sort it out.</summary>
internal sealed class ItemMoves(TimeProvider clock)
{
    private const int ReasonLength = 1000;

    public async Task<Outcome<TrackedItem>> UpdateAsync(TenantSession session, UpdateTrackedItemRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var details = ItemDetailsFields.Read(request.Details, violations);
        var item = (await session.LockTrackedItemAsync(ItemId.Read(request.ItemId, violations), cancellationToken)).ValueOrStatus();
        if (Etag.Mismatch<TrackedItem>(request.Etag, item.Id, item.Revision) is { } mismatch)
            return mismatch;
        if (item.In is TrackedItem.Types.State.Dismissed or TrackedItem.Types.State.Decided)
            return ItemClosed<TrackedItem>();

        var corrected = details!.Correct(item).Changed(clock.GetUtcNow().InMicroseconds());
        await session.AddMarksAsync(item.OwnerId, item.Id, [.. details.Seen.Marks], cancellationToken);
        return await SaveAsync(session, corrected, message => new TrackedItemUpdated { Item = message }, cancellationToken);
    }

    public async Task<Outcome<TrackedItem>> TriageAsync(TenantSession session, TriageItemRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        ChoiceField.Check("move", request.Move, violations);
        var reason = TextField.ReadText("reason", request.Reason, ReasonLength, violations);
        if (Triaging.NeedsAReason(request.Move, request.Reason) is { } missing)
            violations.Add(missing);
        var item = (await session.LockTrackedItemAsync(ItemId.Read(request.ItemId, violations), cancellationToken)).ValueOrStatus();
        if (Etag.Mismatch<TrackedItem>(request.Etag, item.Id, item.Revision) is { } mismatch)
            return mismatch;

        return await Triaging.Decide(item, request.Move, reason!, session.Caller.PersonId, clock.GetUtcNow().InMicroseconds()).ThenAsync(async moved =>
        {
            var saved = await SaveAsync(session, moved, message => new ItemTriaged { Item = message }, cancellationToken);
            await session.KeepTriageWorkAsync(session.Caller.OrganizationId, clock, cancellationToken);
            return saved;
        });
    }

    /// <summary>Saves what was decided about an item, and tells it.</summary>
    public async Task<Outcome<TrackedItem>> SaveAsync(
        TenantSession session, TrackedItemRow item, Func<TrackedItem, IMessage> happened, CancellationToken cancellationToken)
    {
        var message = item.ToMessage();
        await session.UpdateTrackedItemAsync(item, cancellationToken);
        await session.AppendAsync(item.Entry(happened(message)), clock, cancellationToken);
        return new Outcome<TrackedItem>.Accepted(message);
    }

    /// <summary>Nothing hangs on an item that nobody kept, or that is closed.</summary>
    public static Outcome<T> ItemClosed<T>() => new Outcome<T>.Refused(
        "ITEM_CLOSED",
        new("Keep the item first, or reopen it: it is new, dismissed or decided.", "Retenez d'abord le sujet, ou rouvrez-le : il est nouveau, écarté ou décidé."));
}

/// <summary>The id of an item in a request. Reading it ends the reading: what was found wrong before counts too.</summary>
internal static class ItemId
{
    public static Guid Read(string id, List<FieldViolation> violations)
    {
        var read = IdField.Read("item_id", id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }
}
