using Delegation.Access.V1;
using Delegation.Persistence.Work;
using State = Delegation.Delivery.V1.Cutover.Types.State;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>Whom a cutover waits for: the owners of steps that can go on, both sides at a decision point, and both when it is stopped.</summary>
internal static class CutoverWork
{
    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    private static readonly Role[] Leads = [Role.DelegationManager, Role.ProjectLead];

    public static IReadOnlyList<OpenWork> Waiting(CutoverRow cutover)
    {
        if (cutover.IsOver)
            return [];
        if (cutover.In == State.Stopped)
            return [.. Sides.Select(side => Stopped(cutover, side))];

        var steps = cutover.ReadSteps();
        var ended = steps.Where(step => step.Ended is not null).Select(step => step.Number).ToHashSet();
        var planned = RunbookTimes.Planned(cutover.StartTime, steps);
        return [.. steps.Where(step => step.Ended is null && step.After.All(ended.Contains)).SelectMany(step => Waiting(cutover, step, planned[step.Number].End))];
    }

    private static IEnumerable<OpenWork> Waiting(CutoverRow cutover, Step step, DateTime until) => step.IsDecision
        ? Sides.Where(side => step.DecisionOf(side, cutover.ContentRevision) is null).Select(side => Work(
            cutover, new WorkItemKey("cutover.decide", "cutover_step", step.Id, side), $"Go or no-go: {step.Title}", $"Go ou no-go : {step.Title}") with
        {
            Roles = Leads,
            DueTime = until,
        })
        :
        [
            Work(cutover, new WorkItemKey("cutover.step", "cutover_step", step.Id, step.OwnedBy), $"{cutover.Title}: {step.Title}", $"{cutover.Title} : {step.Title}") with
            {
                Roles = step.Owner.Role == Role.Unspecified ? [] : [step.Owner.Role],
                PersonId = step.PersonId,
                DueTime = until,
            },
        ];

    private static OpenWork Stopped(CutoverRow cutover, Side side) => Work(
        cutover, new WorkItemKey("cutover.resume", CutoverRow.ObjectType, cutover.Id, side),
        $"After the no-go, resume, change the runbook or roll back: {cutover.Title}", $"Après le no-go, reprendre, modifier le plan ou revenir en arrière : {cutover.Title}") with
    {
        Roles = Leads,
    };

    private static OpenWork Work(CutoverRow cutover, WorkItemKey key, string english, string french) =>
        new(key, cutover.OwnerId, cutover.DelegationId, cutover.DelegateId, new(english, french));
}
