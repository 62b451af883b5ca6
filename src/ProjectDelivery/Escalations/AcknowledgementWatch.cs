using Delegation.Delivery.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.Escalation.Types.State;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>Reminds whoever is called upon, calls the next level upon when the time of one is over, and follows who answers from day to day.</summary>
internal sealed class AcknowledgementWatch(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "escalation.watch";

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <summary>Begins when something is raised, and ends by itself once somebody acknowledged it.</summary>
    public async Task BeginAsync(TenantSession session, EscalationRow escalation, SideContacts contacts, CancellationToken cancellationToken)
    {
        await session.CallUponAsync(escalation, contacts, [], clock, cancellationToken);
        await session.ScheduleAsync(
            Kind, escalation.OwnerId, escalation.DelegationId, escalation.Id,
            escalation.CalledUpon.LookAgain(escalation.Agreed, contacts, escalation.RaiseTime), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        if (await session.LockEscalationAsync(item.OwnerId, item.ObjectId, cancellationToken) is not { In: State.Raised } escalation)
            return;

        var now = clock.GetUtcNow();
        var contacts = await session.FindContactsAsync(escalation.Parties, escalation.AnsweredBy, cancellationToken);
        escalation = await CatchUpAsync(session, escalation, contacts, now, cancellationToken);
        var executives = await session.ExecutivesAsync(escalation.Parties, escalation.AnsweredBy, cancellationToken);
        await session.CallUponAsync(escalation, contacts, executives, clock, cancellationToken);
        await session.ScheduleAsync(
            Kind, escalation.OwnerId, escalation.Id, escalation.CalledUpon.LookAgain(escalation.Agreed, contacts, now), cancellationToken);
    }

    // All that was due until now, in its order: after an outage as if there had been none.
    private async Task<EscalationRow> CatchUpAsync(
        SystemSession session, EscalationRow escalation, SideContacts contacts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (called, agreed) = (escalation.CalledUpon, escalation.Agreed);
            var next = called.Next(agreed, contacts);
            if (called.RemindAt(agreed) is { } remind && remind <= now && !(next?.Since <= remind))
            {
                escalation = escalation.With(called.Remind(agreed, now), now.InMicroseconds());
                await session.TellAsync(escalation, message => new EscalationReminded { Escalation = message }, clock, cancellationToken);
            }
            else if (next?.Since <= now)
            {
                escalation = escalation.With(next, now.InMicroseconds());
                await session.TellAsync(escalation, message => new EscalationLevelReached { Escalation = message }, clock, cancellationToken);
            }
            else
            {
                break;
            }

            await session.UpdateEscalationAsync(escalation, cancellationToken);
        }

        return escalation;
    }
}
