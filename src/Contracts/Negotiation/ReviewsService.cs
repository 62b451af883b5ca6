using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;
using ReviewState = Delegation.Contracts.V1.ClauseReview.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>The rpcs of <c>delegation.contracts.v1.Reviews</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ReviewsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Reviews.ReviewsBase
{
    public override async Task<ListReviewsResponse> ListReviews(ListReviewsRequest request, ServerCallContext context)
    {
        var violations = Ids(request.DelegationId, request.ContractId);
        var clauseId = IdField.ReadOptional("clause_id", request.ClauseId, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var contract = (await Negotiating.FindAsync(session, request.DelegationId, request.ContractId, context.CancellationToken)).ValueOrStatus();
        var reviews = await session.ListReviewsAsync(contract, clauseId, request.OpenOnly, context.CancellationToken);
        var now = clock.GetUtcNow();
        return new() { Reviews = { reviews.Select(review => review.ToMessage(now)) } };
    }

    public override async Task<ListChangeRequestsResponse> ListChangeRequests(ListChangeRequestsRequest request, ServerCallContext context)
    {
        var violations = Ids(request.DelegationId, request.ContractId);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var contract = (await Negotiating.FindAsync(session, request.DelegationId, request.ContractId, context.CancellationToken)).ValueOrStatus();
        var asked = await session.ListChangeRequestsAsync(contract, page, context.CancellationToken);
        return new() { ChangeRequests = { asked.Items.Select(row => row.ToMessage()) }, NextPageToken = asked.NextPageToken };
    }

    public override async Task<ListClauseCommentsResponse> ListClauseComments(ListClauseCommentsRequest request, ServerCallContext context)
    {
        var violations = Ids(request.DelegationId, request.ContractId);
        var clauseId = IdField.Read("clause_id", request.ClauseId, violations);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var contract = (await Negotiating.FindAsync(session, request.DelegationId, request.ContractId, context.CancellationToken)).ValueOrStatus();
        var clause = (await Negotiating.ClauseOfAsync(session, contract, clauseId!.Value, context.CancellationToken)).ValueOrStatus();
        var comments = await session.ListCommentsAsync(contract, clause.Id, page, context.CancellationToken);
        return new() { Comments = { comments.Items.Select(comment => comment.ToMessage()) }, NextPageToken = comments.NextPageToken };
    }

    public override async Task<NegotiationForecast> GetForecast(GetForecastRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var contract = (await Negotiating.FindAsync(session, request.DelegationId, request.ContractId, context.CancellationToken)).ValueOrStatus();
        var reviews = await session.ListReviewsAsync(contract, clauseId: null, openOnly: false, context.CancellationToken);
        var now = clock.GetUtcNow();
        var approved = reviews.Count(review => review.IsIn(ReviewState.Approved));
        var forecast = new NegotiationForecast { ApprovedReviews = approved, Reviews = reviews.Count };
        if (!contract.IsUnderReview)
            return forecast;

        forecast.ExpectedAgreementDay = DayField.Write(Forecasts.AgreementDay(reviews, contract.ReviewDays, now.UtcDateTime));
        forecast.Slowest = Forecasts.Slowest(reviews, contract.ReviewDays, now.UtcDateTime)?.ToMessage(now);
        forecast.Stalled.AddRange(reviews.Where(review => review.StallTime is not null).OrderBy(review => review.Since).Select(review => review.ToMessage(now)));
        return forecast;
    }

    public override Task<ClauseReview> ApproveClause(ApproveClauseRequest request, ServerCallContext context) => commands.RunAsync<ApproveClauseRequest, ClauseReview>(
        request, context, (session, token) => ReviewCommands.ApproveAsync(session, request, clock, token));

    public override Task<ApproveClausesResponse> ApproveClauses(ApproveClausesRequest request, ServerCallContext context) =>
        commands.RunAsync<ApproveClausesRequest, ApproveClausesResponse>(
            request, context, (session, token) => ReviewCommands.ApproveManyAsync(session, request, clock, token));

    public override Task<ChangeRequest> RequestChange(RequestChangeRequest request, ServerCallContext context) => commands.RunAsync<RequestChangeRequest, ChangeRequest>(
        request, context, (session, token) => ReviewCommands.RequestAsync(session, request, clock, token));

    public override Task<ChangeRequest> AnswerChangeRequest(AnswerChangeRequestRequest request, ServerCallContext context) =>
        commands.RunAsync<AnswerChangeRequestRequest, ChangeRequest>(
            request, context, (session, token) => ReviewCommands.AnswerAsync(session, request, clock, token));

    public override Task<ClauseComment> AddClauseComment(AddClauseCommentRequest request, ServerCallContext context) =>
        commands.RunAsync<AddClauseCommentRequest, ClauseComment>(
            request, context, (session, token) => ReviewCommands.CommentAsync(session, request, clock, token));

    private static List<FieldViolation> Ids(string delegationId, string contractId)
    {
        var violations = new List<FieldViolation>();
        IdField.Read("delegation_id", delegationId, violations);
        IdField.Read("contract_id", contractId, violations);
        return violations;
    }
}
