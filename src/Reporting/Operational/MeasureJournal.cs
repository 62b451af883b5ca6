using Delegation.Access.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf;
using State = Delegation.Reporting.V1.CommitmentMeasure.Types.State;
using Verdict = Delegation.Reporting.V1.CommitmentMeasure.Types.Verdict;

namespace Delegation.Reporting.Operational;

/// <summary>What the journal says of measures, and for whom disputes wait.</summary>
internal static class MeasureJournal
{
    public const string ObjectType = "commitment_measure";

    /// <summary>Tells a measure that was recorded or agreed on: a breach is news of its own.</summary>
    public static IMessage Happened(CommitmentMeasure measure, Period recorded) => (measure.Verdict, measure.State) switch
    {
        (Verdict.Breached, _) => new CommitmentBreached
        {
            Measure = measure, RecordedStartDay = DayField.Write(recorded.Start), RecordedEndDay = DayField.Write(recorded.End),
        },
        (_, State.Resolved) => new MeasureResolved { Measure = measure },
        _ => new CommitmentMeasured { Measure = measure },
    };

    public static Task TellAsync(
        this TenantSession session, KnownDelegation delegation, MeasureRow row, IMessage happened, TimeProvider clock, CancellationToken cancellationToken) =>
        session.AppendAsync(delegation.Entry(ObjectType, row.Id, row.Revision, happened), clock, cancellationToken);

    /// <summary>A penalty or a bonus that a measure makes due waits for whoever gets it to propose the credit note, while the measure stands.</summary>
    public static async Task KeepPenaltyAsync(
        this DatabaseSession session, KnownDelegation delegation, MeasureRow row, TimeProvider clock, CancellationToken cancellationToken, bool issued = false)
    {
        var measure = row.ToMessage();
        var due = !issued && measure is { StartDay.Length: > 0, State: State.Recorded or State.Resolved } ? measure.Penalty : null;
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
        {
            var key = new WorkItemKey("penalty.propose", ObjectType, row.Id, side);
            if (due?.Beneficiary == side)
                await session.OpenWorkItemAsync(
                    new OpenWork(
                        key, delegation.OwnerId, delegation.DelegationId, delegation.DelegateId,
                        new($"Propose the credit note for “{measure.Title}”, {measure.StartDay} – {measure.EndDay}",
                            $"Établir l'avoir pour « {measure.Title} », {measure.StartDay} – {measure.EndDay}"))
                    {
                        Roles = [Role.DelegationManager, Role.Purchasing],
                    },
                    clock, cancellationToken);
            else
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
        }
    }

    /// <summary>A dispute waits for both sides, and for one that proposed a value no longer.</summary>
    public static async Task KeepDisputeAsync(
        this TenantSession session, KnownDelegation delegation, MeasureRow row, TimeProvider clock, CancellationToken cancellationToken)
    {
        var measure = row.ToMessage();
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
        {
            var key = new WorkItemKey("measure.resolve", ObjectType, row.Id, side);
            if (measure.State != State.Disputed || measure.Dispute.ProposedBy == side)
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
            else
                await session.OpenWorkItemAsync(
                    new OpenWork(
                        key, delegation.OwnerId, delegation.DelegationId, delegation.DelegateId,
                        new($"Settle the dispute about “{measure.Title}”, {measure.PeriodStartDay} – {measure.PeriodEndDay}",
                            $"Régler la contestation de « {measure.Title} », {measure.PeriodStartDay} – {measure.PeriodEndDay}"))
                    {
                        Roles = [Role.DelegationManager],
                    },
                    clock, cancellationToken);
        }
    }
}
