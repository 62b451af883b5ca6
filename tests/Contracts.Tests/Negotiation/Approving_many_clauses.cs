using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using RequestState = Delegation.Contracts.V1.ChangeRequest.Types.State;
using ReviewState = Delegation.Contracts.V1.ClauseReview.Types.State;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.Negotiation;

public sealed class Approving_many_clauses(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task With_the_last_approval_of_the_last_department_the_text_is_agreed()
    {
        var two = await TwoSides.NegotiateAsync(host, "OBJ-1", "AUD-1", "REV-1");
        var clauses = await two.ClausesAsync();
        var asked = await two.AskAsync(clauses[1], insurer: true);
        foreach (var (insurer, department) in TwoSides.Departments.SelectMany(department => new[] { (true, department), (false, department) }))
        {
            Assert.Equal(State.Negotiating, (await two.ReadAsync()).State);
            var approved = await two.ApproveManyAsync(clauses, insurer, department);
            Assert.Equal(clauses.Select(clause => (clause.Id, ReviewState.Approved)), approved.Reviews.Select(review => (review.ClauseId, review.State)));
        }

        var contract = await two.ReadAsync();
        Assert.Equal(State.Agreed, contract.State);
        // The department approved the wording after all.
        var requests = await two.Reviews(false).ListChangeRequestsAsync(new() { DelegationId = two.Delegation.Id, ContractId = contract.Id }, deadline: TwoSides.Deadline);
        Assert.Equal([(asked.Id, RequestState.Withdrawn)], requests.ChangeRequests.Select(request => (request.Id, request.State)));
        var told = (await host.EntriesOfAsync(two.Parties.Insurer.Id)).Select(entry => entry.Event).OfType<ClausesApproved>().ToArray();
        Assert.Equal((8, 3, State.Agreed), (told.Length, told[^1].Reviews.Count, told[^1].Contract.State));
    }

    [PostgresFact]
    public async Task Each_clause_that_cannot_be_approved_is_named_with_its_reason_and_nothing_is_written()
    {
        var two = await TwoSides.NegotiateAsync(host, "OBJ-1", "AUD-1", "REV-1", "CNF-1");
        var clauses = await two.ClausesAsync();
        await two.ApproveAsync(clauses[1], insurer: true, ReviewDepartment.Legal);
        await two.RewordAsync(clauses[2], insurer: false, "Autre rédaction.");
        var request = two.Approvals(clauses, ReviewDepartment.Legal);
        request.Approvals[3].Etag = "";
        request.Approvals.Add(new ClauseApproval { ClauseId = Guid.CreateVersion7().ToString(), Etag = clauses[0].Etag });
        var before = await host.RowsAsync();

        var refusal = await Refusals.ThrownBy(two.Reviews(true).ApproveClausesAsync(request, deadline: TwoSides.Deadline));

        Assert.Equal(
            [
                ("approvals[1].clause_id", "CLAUSE_ALREADY_APPROVED"), ("approvals[2].etag", "ETAG_STALE"), ("approvals[3].etag", "ETAG_REQUIRED"),
                ("approvals[4].clause_id", "CLAUSE_ID_UNKNOWN"),
            ],
            refusal.Violations());
        Assert.All(refusal.FieldViolations(), violation => Assert.False(string.IsNullOrEmpty(violation.Description)));
        Assert.Equal(before, await host.RowsAsync());
        Assert.Equal(1, (await two.ForecastAsync()).ApprovedReviews);
    }

    [PostgresFact]
    public async Task Nobody_approves_for_another_department_nor_nothing_nor_a_clause_twice()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var clauses = await two.ClausesAsync();
        var reviews = two.Reviews(false);

        var none = await Refusals.ThrownBy(reviews.ApproveClausesAsync(two.Approvals([], ReviewDepartment.Unspecified), deadline: TwoSides.Deadline));
        Assert.Equal([("department", "DEPARTMENT_REQUIRED"), ("approvals", "APPROVALS_REQUIRED")], none.Violations());
        var twice = await Refusals.ThrownBy(reviews.ApproveClausesAsync(two.Approvals([clauses[0], clauses[1], clauses[0]], ReviewDepartment.Legal), deadline: TwoSides.Deadline));
        Assert.Equal([("approvals[2].clause_id", "CLAUSE_ID_REPEATED")], twice.Violations());
        var many = await Refusals.ThrownBy(reviews.ApproveClausesAsync(two.Approvals([.. Enumerable.Repeat(clauses[0], 201)], ReviewDepartment.Legal), deadline: TwoSides.Deadline));
        Assert.Equal([("approvals", "APPROVALS_TOO_MANY")], many.Violations());

        await two.KeepRolesAsync(insurer: false, "legal");
        var other = await Refusals.ThrownBy(reviews.ApproveClausesAsync(two.Approvals(clauses, ReviewDepartment.Compliance), deadline: TwoSides.Deadline));
        Assert.Equal((StatusCode.FailedPrecondition, "NOT_OF_THIS_DEPARTMENT"), other.Kind());
        Assert.Equal(0, (await two.ForecastAsync()).ApprovedReviews);
    }

    [PostgresFact]
    public async Task Both_sides_approve_all_at_once_and_a_clause_that_is_reworded_meanwhile_is_approved_by_nobody()
    {
        var two = await TwoSides.NegotiateAsync(host, "OBJ-1", "AUD-1", "REV-1");
        var clauses = await two.ClausesAsync();
        var approvals = TwoSides.Departments.SelectMany(department => new[] { true, false }, (department, insurer) => Task.Run(async () =>
        {
            try
            {
                await two.ApproveManyAsync(clauses, insurer, department);
                return "";
            }
            catch (RpcException refusal)
            {
                return refusal.Violations().Single().Reason;
            }
        })).ToArray();
        var reworded = two.RewordAsync(clauses[1], insurer: true, "Autre rédaction.");

        var answers = await Task.WhenAll(approvals);
        await reworded;

        // Whoever came before was undone for that clause; whoever came after approved nothing at all.
        Assert.All(answers, answer => Assert.True(answer is "" or "ETAG_STALE", answer));
        var reviews = await two.ReviewsAsync();
        Assert.All(reviews.Where(review => review.ClauseId == clauses[1].Id), review => Assert.Equal(ReviewState.InProgress, review.State));
        Assert.Equal(2 * answers.Count(answer => answer.Length == 0), reviews.Count(review => review.State == ReviewState.Approved));
        Assert.Equal(State.Negotiating, (await two.ReadAsync()).State);
    }

    [PostgresFact]
    public async Task Two_clauses_and_many_take_the_same_statements()
    {
        var few = await StatementsAsync(2);
        var many = await StatementsAsync(40);

        Assert.Equal(few, many);
    }

    private async Task<int> StatementsAsync(int clauses)
    {
        var two = await TwoSides.NegotiateAsync(host, [.. Enumerable.Range(1, clauses).Select(number => $"CLA-{number}")]);
        var read = await two.ClausesAsync();
        using var statements = new StatementRecorder();
        await two.ApproveManyAsync(read, insurer: true, ReviewDepartment.Purchasing);
        return statements.Of(host.Database.Name).Count(sql => sql.Contains("clause", StringComparison.Ordinal) || sql.Contains("change_request", StringComparison.Ordinal));
    }
}
