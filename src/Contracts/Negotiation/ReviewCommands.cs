using Delegation.Contracts.Contracting;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using State = Delegation.Contracts.V1.ClauseReview.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>The commands on reviews and comments.</summary>
internal static class ReviewCommands
{
    private const int LongestComment = 4000;

    public static Task<Outcome<ClauseReview>> ApproveAsync(
        TenantSession session, ApproveClauseRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        ReviewMoves.CheckDepartment(request.Department, violations);
        return Negotiating.LockAsync(session, request.DelegationId, request.ContractId, "clause_id", request.ClauseId, violations, async (contract, id) =>
            await (await Negotiating.ClauseOfAsync(session, contract, id, cancellationToken)).ThenAsync(async clause =>
            {
                if (NegotiationRefusals.NotUnderReview<ClauseReview>(contract) is { } refusal)
                    return refusal;

                var now = clock.GetUtcNow();
                var review = await session.GetReviewAsync(contract, clause.Id, session.Caller.Side, request.Department, cancellationToken);
                return await ReviewMoves.Approve(request, contract, clause, review, session.Caller, now).ThenAsync<ClauseReview>(async approved =>
                {
                    await session.WithdrawChangeRequestsAsync(contract, [approved], now.InMicroseconds(), cancellationToken);
                    var message = approved.ToMessage(now);
                    await MovedAsync(
                        session, contract, [approved], after => new ClauseApproved { Review = message, Contract = after.ToMessage() }, clock, cancellationToken);
                    return new Outcome<ClauseReview>.Accepted(message);
                });
            }), cancellationToken);
    }

    public static Task<Outcome<ApproveClausesResponse>> ApproveManyAsync(
        TenantSession session, ApproveClausesRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        ReviewMoves.CheckDepartment(request.Department, violations);
        var clauseIds = ManyApprovals.ReadIds(request.Approvals, violations);
        IdField.Read("delegation_id", request.DelegationId, violations);
        IdField.Read("contract_id", request.ContractId, violations);
        if (violations.Count > 0)
            return Task.FromResult<Outcome<ApproveClausesResponse>>(new Outcome<ApproveClausesResponse>.Invalid(violations));

        return Negotiating.LockAsync<ApproveClausesResponse>(session, request.DelegationId, request.ContractId, async found =>
        {
            var (contract, now) = (found.Contract, clock.GetUtcNow());
            if (ReviewMoves.NotAllowed<ApproveClausesResponse>(contract, request.Department, session.Caller) is { } refusal)
                return refusal;

            var clauses = await session.ListClausesAsync(contract, cancellationToken);
            var reviews = await session.ListReviewsAsync(contract, session.Caller.Side, request.Department, cancellationToken);
            return await ManyApprovals.Decide(request.Approvals, clauseIds, clauses, reviews, session.Caller.PersonId, now).ThenAsync<ApproveClausesResponse>(async approved =>
            {
                await session.WithdrawChangeRequestsAsync(contract, approved, now.InMicroseconds(), cancellationToken);
                var messages = approved.Select(review => review.ToMessage(now)).ToArray();
                await MovedAsync(
                    session, contract, approved, after => new ClausesApproved { Reviews = { messages }, Contract = after.ToMessage() }, clock, cancellationToken);
                return new Outcome<ApproveClausesResponse>.Accepted(new ApproveClausesResponse { Reviews = { messages } });
            });
        }, cancellationToken);
    }

    public static Task<Outcome<ChangeRequest>> RequestAsync(
        TenantSession session, RequestChangeRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        Negotiating.LockAsync<ChangeRequest>(session, request.DelegationId, request.ContractId, "clause_id", request.ClauseId, [], async (contract, id) =>
            await (await Negotiating.ClauseOfAsync(session, contract, id, cancellationToken)).ThenAsync(async clause =>
            {
                var now = clock.GetUtcNow();
                return await ReviewMoves.Request(request, contract, clause, session.Caller, now).ThenAsync<ChangeRequest>(async asked =>
                {
                    var review = await session.GetReviewAsync(contract, clause.Id, session.Caller.Side, request.Department, cancellationToken);
                    var moved = review.Moved(State.ChangeRequested, session.Caller.PersonId, now.InMicroseconds());
                    await session.WithdrawChangeRequestsAsync(contract, [moved], now.InMicroseconds(), cancellationToken);
                    await session.InsertChangeRequestAsync(contract, asked, cancellationToken);
                    var message = asked.ToMessage();
                    await MovedAsync(
                        session, contract, [moved], after => new ClauseChangeRequested { ChangeRequest = message, Contract = after.ToMessage() }, clock, cancellationToken);
                    return new Outcome<ChangeRequest>.Accepted(message);
                });
            }), cancellationToken);

    public static Task<Outcome<ChangeRequest>> AnswerAsync(
        TenantSession session, AnswerChangeRequestRequest request, TimeProvider clock, CancellationToken cancellationToken) =>
        Negotiating.LockAsync<ChangeRequest>(
            session, request.DelegationId, request.ContractId, "change_request_id", request.ChangeRequestId, [], async (contract, id) =>
            {
                if (await session.FindChangeRequestAsync(contract, id, cancellationToken) is not { } asked)
                    return NegotiationRefusals.RequestNotFound<ChangeRequest>();

                var now = clock.GetUtcNow();
                return await ReviewMoves.Answer(request, contract, asked, session.Caller, now).ThenAsync<ChangeRequest>(async answered =>
                {
                    await session.SaveAnswerAsync(contract, answered, cancellationToken);
                    if (request.Accepted)
                        await AcceptAsync(session, contract, answered, clock, cancellationToken);
                    else
                        await DeclineAsync(session, contract, answered, clock, cancellationToken);

                    return new Outcome<ChangeRequest>.Accepted(answered.ToMessage());
                });
            }, cancellationToken);

    public static Task<Outcome<ClauseComment>> CommentAsync(
        TenantSession session, AddClauseCommentRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var text = TextField.ReadRequiredText("text", request.Text, LongestComment, violations) ?? "";
        return Negotiating.LockAsync(session, request.DelegationId, request.ContractId, "clause_id", request.ClauseId, violations, async (contract, id) =>
            await (await Negotiating.ClauseOfAsync(session, contract, id, cancellationToken)).ThenAsync<ClauseComment>(async clause =>
            {
                var now = clock.GetUtcNow();
                var side = session.Caller.Side.Code();
                var comment = new CommentRow
                {
                    Id = NewId.At(now),
                    ClauseId = clause.Id,
                    Side = side,
                    Visibility = request.Private ? side : CommentRow.Shared,
                    Text = text,
                    PersonId = session.Caller.PersonId,
                    CreateTime = now.InMicroseconds(),
                };
                await session.InsertCommentAsync(contract, comment, cancellationToken);
                await session.AppendCommentAsync(contract, comment, clock, cancellationToken);
                return new Outcome<ClauseComment>.Accepted(comment.ToMessage());
            }), cancellationToken);
    }

    private static async Task AcceptAsync(
        TenantSession session, ContractRow contract, ChangeRequestRow answered, TimeProvider clock, CancellationToken cancellationToken)
    {
        var clause = (await session.FindClauseAsync(contract, answered.ClauseId, cancellationToken))!;
        var reworded = clause with { Wording = answered.Wording, Removed = false, Revision = clause.Revision + 1 };
        await ClauseCommands.RewordAsync(session, contract, reworded, answered.Id, clock, cancellationToken);
    }

    private static async Task DeclineAsync(
        TenantSession session, ContractRow contract, ChangeRequestRow answered, TimeProvider clock, CancellationToken cancellationToken)
    {
        var department = StoredNames.Read<ReviewDepartment>(answered.Department);
        var review = await session.GetReviewAsync(contract, answered.ClauseId, RoleCodes.SideOf(answered.Side), department, cancellationToken);

        // Back to the department that asked. Who moved it is of the other side, and no reviewer.
        var moved = review with { State = State.InProgress.Stored(), Since = answered.EndTime!.Value, StallTime = null };
        await MovedAsync(session, contract, [moved], _ => new ClauseChangeDeclined { ChangeRequest = answered.ToMessage() }, clock, cancellationToken);
    }

    /// <summary>Saves reviews of a department that moved, and the contract: agreed with the last approval, and no longer when a department thinks again.</summary>
    private static async Task MovedAsync(
        TenantSession session, ContractRow contract, IReadOnlyList<ReviewRow> reviews, Func<ContractRow, IMessage> happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.SaveReviewsAsync(contract, reviews, cancellationToken);
        var open = await session.OpenReviewsAsync(contract, cancellationToken);
        var moved = contract.AgreeTime is not null && open.Count > 0 ? contract.Changed() : contract.Moved();
        var saved = ReviewMoves.AgreedIfComplete(moved, open.Count, clock.GetUtcNow());
        await session.SaveContractAsync(saved, cancellationToken);
        await session.AppendContractAsync(saved, happened(saved), clock, cancellationToken);
        await session.UpdateNegotiationWorkAsync(saved, open, StoredNames.Read<ReviewDepartment>(reviews[0].Department), clock, cancellationToken);
        if (saved.State != contract.State)
            await session.KeepIssueWorkAsync(saved, clock, cancellationToken);
    }
}
