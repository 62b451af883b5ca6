using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Level = Delegation.Delivery.V1.Escalation.Types.Level;
using State = Delegation.Delivery.V1.Escalation.Types.State;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>Puts an escalation on the work lists of those for whom it waits. Each level has an item of its own, which stays when the next one is called upon.</summary>
internal static class EscalationWork
{
    private const string Resolve = "escalation.resolve";
    private const string Confirm = "escalation.confirm";

    private static readonly Dictionary<Level, string> Acknowledge = new()
    {
        [Level.MainContact] = "escalation.acknowledge",
        [Level.Deputy] = "escalation.acknowledge_as_deputy",
        [Level.DelegationManagers] = "escalation.acknowledge_as_manager",
        [Level.Executives] = "escalation.acknowledge_as_executive",
    };

    /// <summary>While nobody acknowledged it: for whoever answers now, and for the level that is called upon.</summary>
    public static async Task CallUponAsync(
        this DatabaseSession session,
        EscalationRow escalation,
        SideContacts contacts,
        IReadOnlyList<Role> executives,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var title = new LocalizedText($"Acknowledge: {escalation.Title}", $"Prendre en charge : {escalation.Title}");
        if (contacts.AnsweringAt(clock.GetUtcNow()) is { } answering)
            await session.OpenWorkItemAsync(
                Work(escalation, Acknowledge[Level.MainContact], escalation.AnsweredBy, title) with { PersonId = answering.PersonId, DueTime = escalation.DueTime },
                clock, cancellationToken);

        var called = escalation.CalledUpon;
        if (called.Level == Level.MainContact)
            return;

        var next = Work(escalation, Acknowledge[called.Level], escalation.AnsweredBy, title) with { DueTime = called.Due(escalation.Agreed) };
        await session.OpenWorkItemAsync(
            called.Level switch
            {
                Level.Deputy => next with { PersonId = contacts.Deputy?.PersonId },
                Level.DelegationManagers => next with { Roles = [Role.DelegationManager] },
                _ => next with { Roles = executives },
            },
            clock, cancellationToken);
    }

    /// <summary>Once somebody acknowledged it: for them until it is resolved, then for whoever raised it.</summary>
    public static async Task HandOverAsync(this DatabaseSession session, EscalationRow escalation, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (escalation.In == State.Acknowledged)
        {
            if (escalation.ReopenCount == 0)
                foreach (var kind in Acknowledge.Values)
                    await session.CloseWorkItemAsync(Key(escalation, kind, escalation.AnsweredBy), clock, cancellationToken);

            var title = new LocalizedText($"Put right: {escalation.Title}", $"Résoudre : {escalation.Title}");
            await session.OpenWorkItemAsync(
                Work(escalation, Resolve, escalation.AnsweredBy, title) with { PersonId = escalation.AcknowledgePersonId }, clock, cancellationToken);
        }
        else
        {
            await session.CloseWorkItemAsync(Key(escalation, Resolve, escalation.AnsweredBy), clock, cancellationToken);
        }

        if (escalation.In == State.Resolved)
        {
            var title = new LocalizedText($"Confirm that it is put right: {escalation.Title}", $"Confirmer la résolution : {escalation.Title}");
            await session.OpenWorkItemAsync(Work(escalation, Confirm, escalation.RaisedBy, title) with { PersonId = escalation.PersonId }, clock, cancellationToken);
        }
        else
        {
            await session.CloseWorkItemAsync(Key(escalation, Confirm, escalation.RaisedBy), clock, cancellationToken);
        }
    }

    private static WorkItemKey Key(EscalationRow escalation, string kind, Side side) => new(kind, EscalationJournal.ObjectType, escalation.Id, side);

    private static OpenWork Work(EscalationRow escalation, string kind, Side side, LocalizedText title) =>
        new(Key(escalation, kind, side), escalation.OwnerId, escalation.DelegationId, escalation.DelegateId, title);
}
