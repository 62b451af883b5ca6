using Delegation.Contracts.Contracting;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>The commands on contracts as a whole: each locks the delegation, loads, decides, and saves with entry and work items.</summary>
internal static class ContractCommands
{
    public static async Task<Outcome<Contract>> DraftAsync(
        TenantSession session, CreateContractRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var amendsId = IdField.ReadOptional("amends_contract_id", request.AmendsContractId, violations);
        if (violations.Count > 0)
            return new Outcome<Contract>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId!.Value, cancellationToken)).ThenAsync(async delegation =>
        {
            var amended = amendsId is { } id ? await session.FindContractAsync(delegation, id, cancellationToken) : null;
            if (amendsId is not null && amended is null)
                return NegotiationRefusals.NotFound<Contract>();

            var series = await session.FindContractSeriesAsync(delegation, cancellationToken);
            var decided = ContractDrafting.Draft(request, delegation, amended, series.Next, session.Caller.Side, clock.GetUtcNow());
            if (series.IsOpen && amended is null && decided is Outcome<Drafted>.Accepted)
                return NegotiationRefusals.AlreadyOpen<Contract>();

            return await decided.ThenAsync<Contract>(async drafted =>
            {
                var contract = drafted.Contract;
                await session.InsertContractAsync(contract, cancellationToken);
                await session.InsertClausesAsync(contract, drafted.Clauses, cancellationToken);
                var message = contract.ToMessage();
                var happened = new ContractDrafted { Contract = message, Clauses = { drafted.Clauses.Select(clause => clause.ToMessage(contract.Id)) } };
                await session.AppendContractAsync(contract, happened, clock, cancellationToken);
                return new Outcome<Contract>.Accepted(message);
            });
        });
    }

    public static Task<Outcome<Contract>> ChangeTermsAsync(
        TenantSession session, UpdateContractRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, found =>
            ContractDrafting.ChangeTerms(request, found.Contract, session.Caller.Side, clock.GetUtcNow()).ThenAsync(changed => SaveAsync(
                session,
                changed,
                message => changed.IsIn(State.Draft) ? new ContractTermsChanged { Contract = message } : new ContractTermsProposed { Contract = message },
                clock,
                cancellationToken)), cancellationToken);

    public static Task<Outcome<Contract>> AnswerTermsAsync(
        TenantSession session, AnswerContractTermsRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, found =>
            ContractDrafting.AnswerTerms(request, found.Contract, session.Caller.Side).ThenAsync(answered => SaveAsync(
                session,
                answered,
                message => request.Accepted
                    ? new ContractTermsChanged { Contract = message }
                    : new ContractTermsDeclined { Contract = message, Comment = request.Comment.Trim() },
                clock,
                cancellationToken)), cancellationToken);

    public static Task<Outcome<Contract>> OpenAsync(
        TenantSession session, OpenNegotiationRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, found =>
        {
            var now = clock.GetUtcNow();
            return ContractDrafting.Open(found.Contract, request.Etag, session.Caller.Side, now).ThenAsync(async opened =>
            {
                await session.StartReviewsAsync(opened, clauseId: null, now.InMicroseconds(), cancellationToken);
                var firstLook = Stalls.NextLook([], opened.ReviewDays, now.UtcDateTime);
                await session.ScheduleAsync(StallWatch.WorkKind, opened.OwnerId, opened.DelegationId, opened.Id, firstLook, cancellationToken);
                return await SaveAsync(session, opened, message => new NegotiationOpened { Contract = message }, clock, cancellationToken);
            });
        }, cancellationToken);

    public static Task<Outcome<Contract>> WithdrawAsync(
        TenantSession session, WithdrawContractRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, found =>
            ContractDrafting.Withdraw(found.Contract, request.Etag, session.Caller.Side).ThenAsync(withdrawn => SaveAsync(
                session, withdrawn, message => new ContractWithdrawn { Contract = message }, clock, cancellationToken)), cancellationToken);

    private static async Task<Outcome<Contract>> SaveAsync(
        TenantSession session, ContractRow contract, Func<Contract, IMessage> happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        var open = await session.OpenReviewsAsync(contract, cancellationToken);
        var saved = ReviewMoves.AgreedIfComplete(contract, open.Count, clock.GetUtcNow());
        await session.SaveContractAsync(saved, cancellationToken);
        await session.AppendContractAsync(saved, happened(saved.ToMessage()), clock, cancellationToken);
        if (!saved.IsIn(State.Draft))
        {
            await session.UpdateNegotiationWorkAsync(saved, open, moved: null, clock, cancellationToken);
            await session.KeepIssueWorkAsync(saved, clock, cancellationToken);
        }

        return new Outcome<Contract>.Accepted(saved.ToMessage());
    }
}
