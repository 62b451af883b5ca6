using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Launch;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Delivery.V1.Meeting.Types.State;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>What follows when minutes are written and when they are confirmed, by the other side or tacitly.</summary>
internal sealed class MinutesConfirmation(TimeProvider clock) : IDueWork
{
    public const string ObjectType = "meeting";

    /// <inheritdoc/>
    public string Kind => "minutes.tacit";

    /// <summary>Minutes that one side wrote wait for the other, until they count as confirmed.</summary>
    public async Task AwaitAsync(TenantSession session, MeetingRow meeting, CancellationToken cancellationToken)
    {
        await session.ScheduleAsync(Kind, meeting.OwnerId, meeting.DelegationId, meeting.Id, meeting.TacitTime!.Value, cancellationToken);
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
        {
            if (meeting.HasConsentOf(side))
                await session.CloseWorkItemAsync(Key(meeting, side), clock, cancellationToken);
            else
                await session.OpenWorkItemAsync(Work(meeting, side), clock, cancellationToken);
        }
    }

    /// <summary>By the side that did not write them.</summary>
    public async Task<MeetingRow> ConfirmAsync(TenantSession session, MeetingRow meeting, CancellationToken cancellationToken)
    {
        await session.CancelScheduledAsync(Kind, meeting.OwnerId, meeting.DelegationId, meeting.Id, cancellationToken);
        var confirmed = meeting.WithConsentOf(session.Caller.Side, clock.GetUtcNow().InMicroseconds());
        return await TakeEffectAsync(session, confirmed, tacit: false, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        if (await session.LockMeetingAsync(item.OwnerId, item.ObjectId, cancellationToken) is { In: State.Held } meeting && meeting.TacitTime <= clock.GetUtcNow().UtcDateTime)
            await TakeEffectAsync(session, meeting, tacit: true, cancellationToken);
    }

    private async Task<MeetingRow> TakeEffectAsync(DatabaseSession session, MeetingRow meeting, bool tacit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var confirmed = meeting with
        {
            State = State.Confirmed.Stored(),
            ConfirmTime = now.InMicroseconds(),
            UpdateTime = now.InMicroseconds(),
            Revision = meeting.Revision + 1,
        };
        await session.UpdateMeetingAsync(confirmed, cancellationToken);

        // Good news counts now that both sides agree on it; an extraordinary meeting ends no period.
        var committee = await session.LockCommitteeAsync(confirmed, cancellationToken);
        if (committee.IsInRun && !confirmed.Extraordinary && committee.Rule.IsGood(committee.InRun, confirmed.Period!))
            await session.SaveAsync(committee.With(committee.Rule.After(committee.InRun, confirmed.Period!), now.InMicroseconds()), clock, cancellationToken);

        foreach (var action in await session.BecomeActionsAsync(confirmed, now, cancellationToken))
        {
            await session.AppendAsync(action.Parties.Entry("action", action.Id, action.Revision, new ActionCreated { Action = action.ToEvent() }), clock, cancellationToken);
            await session.KeepActionWorkAsync(action, clock, cancellationToken);
        }

        var told = new MinutesConfirmed { Meeting = confirmed.ToMessage(await session.ListDecisionsAsync(confirmed, cancellationToken)), Tacit = tacit };
        await session.AppendAsync(confirmed.Parties.Entry(ObjectType, confirmed.Id, confirmed.Revision, told), clock, cancellationToken);
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
            await session.CloseWorkItemAsync(Key(confirmed, side), clock, cancellationToken);

        return confirmed;
    }

    private static WorkItemKey Key(MeetingRow meeting, Side side) => new("minutes.confirm", ObjectType, meeting.Id, side);

    private static OpenWork Work(MeetingRow meeting, Side side) => new(
        Key(meeting, side), meeting.OwnerId, meeting.DelegationId, meeting.DelegateId,
        new LocalizedText($"Confirm the minutes: {meeting.CommitteeName}", $"Approuver le compte rendu : {meeting.CommitteeName}"))
    {
        Roles = CadenceChange.Leads,
        DueTime = meeting.TacitTime,
    };
}
