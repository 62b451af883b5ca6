using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Contracting;

/// <summary>No contract ends or renews itself silently: both sides are told ahead, and when it is over.</summary>
internal sealed class TermWatch(ContractingOptions options, TimeProvider clock) : IDueWork
{
    /// <inheritdoc/>
    public string Kind => ContractWork.TermKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var contract = await session.FindAsync<ContractRow>(
            $"{ContractStore.Columns}\nWHERE owner_id = @OwnerId AND contract_id = @ObjectId FOR NO KEY UPDATE", new { item.OwnerId, item.ObjectId }, cancellationToken);
        if (contract?.IsIn(State.InForce) != true)
            return;

        session.ActFor(contract.OwnerId);
        var today = ParisDays.DayAt(clock.GetUtcNow());
        if (TermSteps.IsOver(contract, today))
        {
            contract = contract.Moved() with { State = State.Ended.Stored(), ProposedTermination = null };
            await session.SaveContractAsync(contract, cancellationToken);
            await session.AppendContractAsync(contract, new ContractEnded { Contract = contract.ToEvent() }, clock, cancellationToken);
        }

        await session.KeepContractWorkAsync(contract, options, clock, cancellationToken);
        if (contract.IsIn(State.InForce) && TermSteps.Next(contract, today, options.WarnDays) is { } day)
            await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, ParisDays.StartOf(day), cancellationToken);
    }
}
