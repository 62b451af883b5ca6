using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.Items;
using Delegation.Watch.V1;

namespace Delegation.Watch.Bulletins;

/// <summary>Which items a bulletin tells, and what of them: nothing that the delegate keeps to itself, and nothing of other insurers.</summary>
internal static class BulletinEntries
{
    /// <summary>The entries: regulatory, market, technological, in each the nearest day first.</summary>
    public static async Task<Outcome<IReadOnlyList<BulletinEntry>>> CollectAsync(
        TenantSession session, Outline outline, IReadOnlyList<DelegationKnown> delegations, CancellationToken cancellationToken)
    {
        var items = outline.ItemIds.Count > 0
            ? await session.FindTrackedItemsAsync(outline.ItemIds, cancellationToken)
            : (await session.FindItemsToTellAsync(outline, cancellationToken)).Where(item => Concerns(item, delegations)).Take(Outline.MostItems).ToArray();
        if (items.Count < outline.ItemIds.Count || outline.ItemIds.Count > 0 && items.Any(item => item.In is TrackedItem.Types.State.New or TrackedItem.Types.State.Dismissed))
            return new Outcome<IReadOnlyList<BulletinEntry>>.NotFound(
                "ITEM_NOT_FOUND", new("One of the items is not there, or nobody kept it.", "L'un des sujets n'existe pas, ou n'a pas été retenu."));
        if (items.Count == 0)
            return new Outcome<IReadOnlyList<BulletinEntry>>.Refused(
                "NOTHING_TO_TELL", new("No kept item falls into this bulletin.", "Aucun sujet retenu n'entre dans ce livrable."));

        var actions = (await session.FindActionsToTellAsync(items, delegations, cancellationToken)).ToLookup(action => action.ItemId);
        return new Outcome<IReadOnlyList<BulletinEntry>>.Accepted(
            [.. items.Select(item => Entry(item, delegations, actions[item.Id])).OrderBy(entry => entry.Stream).ThenBy(entry => entry.NextDay.Length == 0).ThenBy(entry => entry.NextDay, StringComparer.Ordinal).ThenBy(entry => entry.ItemId, StringComparer.Ordinal)]);
    }

    // What touches no delegation in particular is for all of them.
    private static bool Concerns(TrackedItemRow item, IReadOnlyList<DelegationKnown> delegations) =>
        item.Assessed is not { Affected.Count: > 0 } assessed || assessed.Affected.Any(affected => delegations.Any(delegation => delegation.DelegationId.ToString() == affected.DelegationId));

    private static BulletinEntry Entry(TrackedItemRow row, IReadOnlyList<DelegationKnown> delegations, IEnumerable<ActionToTell> actions)
    {
        var item = row.ToMessage();
        var entry = new BulletinEntry
        {
            ItemId = item.Id,
            Stream = item.Stream,
            Title = item.Title,
            Summary = item.Summary,
            Reference = item.Reference,
            Link = item.Link,
            Sources = { item.Sightings.Select(sighting => sighting.SourceName).Where(name => name.Length > 0).Distinct() },
            Status = item.Status,
            PublicationDay = item.PublicationDay,
            EffectDay = item.EffectDay,
            DeadlineDay = item.DeadlineDay,
            ToleranceDay = item.ToleranceDay,
            // The insurer reckons with the day of the text, not with the delegate's own.
            NextDay = new[] { item.DeadlineDay, item.EffectDay, item.ToleranceDay }.FirstOrDefault(day => day.Length > 0) ?? "",
            Certainty = item.Certainty,
            Decision = item.Decision?.Kind ?? ItemDecision.Types.Kind.Unspecified,
            Actions =
            {
                actions.Select(action => new BulletinAction
                {
                    Title = action.Title, Side = RoleCodes.SideOf(action.Side), DueDay = ServiceDefaults.Fields.DayField.Write(action.DueDay), Done = action.State == "done",
                    DelegationId = action.DelegationId.ToString(),
                }),
            },
        };
        if (item.Assessment is { } assessment)
        {
            var told = assessment.Clone();
            (told.Comment, told.InternalDueDay) = ("", "");
            told.Affected.Clear();
            told.Affected.AddRange(assessment.Affected.Where(affected => delegations.Any(delegation => delegation.DelegationId.ToString() == affected.DelegationId)));
            entry.Assessment = told;
        }

        return entry;
    }

    private static Task<IReadOnlyList<TrackedItemRow>> FindItemsToTellAsync(this TenantSession session, Outline outline, CancellationToken cancellationToken) =>
        session.FindTrackedItemsToTellAsync(outline.PeriodStart, ParisDays.StartOf(outline.PeriodStart).UtcDateTime, ParisDays.EndOf(outline.PeriodEnd).UtcDateTime, cancellationToken);

    private static Task<IReadOnlyList<ActionToTell>> FindActionsToTellAsync(
        this TenantSession session, IReadOnlyList<TrackedItemRow> items, IReadOnlyList<DelegationKnown> delegations, CancellationToken cancellationToken) =>
        session.QueryAsync<ActionToTell>(
            """
            SELECT item_id AS itemid, delegation_id AS delegationid, title, side, due_day AS dueday, state FROM watch_action
            WHERE delegate_id = @OrganizationId AND delegation_id = ANY (@delegations) AND item_id = ANY (@items) AND state <> 'dropped'
            ORDER BY due_day, action_id
            """,
            new { session.Caller.OrganizationId, delegations = delegations.Select(delegation => delegation.DelegationId).ToArray(), items = items.Select(item => item.Id).ToArray() },
            cancellationToken);

    private sealed record ActionToTell(Guid ItemId, Guid DelegationId, string Title, string Side, DateOnly DueDay, string State);
}
