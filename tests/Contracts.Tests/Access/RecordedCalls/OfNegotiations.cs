using Delegation.Access.V1;
using Delegation.Contracts.Tests.Negotiation;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfNegotiations : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Negotiations.Descriptor, "CreateContract", Drafters, async scene =>
        {
            var (delegation, insurer, _) = await scene.OpenReviewedDelegationAsync();
            return (insurer, Texts.Draft(delegation.Id));
        }),
        new(Negotiations.Descriptor, "GetContract", Who.AnyMember(), async scene =>
        {
            var (contract, _, _, tpa) = await scene.NegotiatedAsync(open: false);
            return (tpa, new GetContractRequest { DelegationId = contract.DelegationId, ContractId = contract.Id });
        }),
        new(Negotiations.Descriptor, "ListContracts", Who.AnyMember(), async scene =>
        {
            var (contract, _, insurer, _) = await scene.NegotiatedAsync(open: false);
            return (insurer, new ListContractsRequest { DelegationId = contract.DelegationId });
        }),
        new(Negotiations.Descriptor, "UpdateContract", Drafters, async scene =>
        {
            var (contract, _, insurer, _) = await scene.NegotiatedAsync(open: false);
            return (insurer, new UpdateContractRequest
            {
                DelegationId = contract.DelegationId, ContractId = contract.Id, Terms = new ContractTerms { ReviewDays = 5 }, Etag = contract.Etag,
            });
        }),
        new(Negotiations.Descriptor, "AnswerContractTerms", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (contract, _, insurer, tpa) = await scene.NegotiatedAsync();
            var proposed = await new Negotiations.NegotiationsClient(scene.As(insurer)).UpdateContractAsync(
                new UpdateContractRequest
                {
                    DelegationId = contract.DelegationId, ContractId = contract.Id, Terms = new ContractTerms { ReviewDays = 5 }, Etag = contract.Etag,
                },
                deadline: People.Deadline);
            return (tpa, new AnswerContractTermsRequest { DelegationId = contract.DelegationId, ContractId = contract.Id, Accepted = true, Etag = proposed.Etag });
        }),
        new(Negotiations.Descriptor, "OpenNegotiation", Drafters, async scene =>
        {
            var (contract, _, insurer, _) = await scene.NegotiatedAsync(open: false);
            return (insurer, new OpenNegotiationRequest { DelegationId = contract.DelegationId, ContractId = contract.Id, Etag = contract.Etag });
        }),
        new(Negotiations.Descriptor, "WithdrawContract", Who.Members(Role.DelegationManager), async scene =>
        {
            var (contract, _, _, tpa) = await scene.NegotiatedAsync();
            return (tpa, new WithdrawContractRequest { DelegationId = contract.DelegationId, ContractId = contract.Id, Etag = contract.Etag });
        }),
        new(Negotiations.Descriptor, "AddContractClause", Drafters, async scene =>
        {
            var (contract, clause, _, tpa) = await scene.NegotiatedAsync();
            return (tpa, new AddContractClauseRequest
            {
                DelegationId = contract.DelegationId, ContractId = contract.Id, Clause = Texts.Clause("AUD-9"), AfterClauseId = clause.Id,
            });
        }),
        new(Negotiations.Descriptor, "GetContractClause", Who.AnyMember(), async scene =>
        {
            var (contract, clause, insurer, _) = await scene.NegotiatedAsync();
            return (insurer, new GetContractClauseRequest { DelegationId = contract.DelegationId, ContractId = contract.Id, ClauseId = clause.Id });
        }),
        new(Negotiations.Descriptor, "ListContractClauses", Who.AnyMember(), async scene =>
        {
            var (contract, _, _, tpa) = await scene.NegotiatedAsync();
            return (tpa, new ListContractClausesRequest { DelegationId = contract.DelegationId, ContractId = contract.Id });
        }),
        new(Negotiations.Descriptor, "UpdateContractClause", Drafters, async scene =>
        {
            var (contract, clause, _, tpa) = await scene.NegotiatedAsync();
            return (tpa, new UpdateContractClauseRequest
            {
                DelegationId = contract.DelegationId, ContractId = contract.Id, ClauseId = clause.Id, Wording = "Autre rédaction.", Etag = clause.Etag,
            });
        }),
        new(Negotiations.Descriptor, "RemoveContractClause", Drafters, async scene =>
        {
            var (contract, clause, insurer, _) = await scene.NegotiatedAsync(open: false);
            return (insurer, new RemoveContractClauseRequest
            {
                DelegationId = contract.DelegationId, ContractId = contract.Id, ClauseId = clause.Id, Etag = clause.Etag,
            });
        }),
    ];

    private static AccessRule Drafters => Who.Members(Role.DelegationManager, Role.Legal);
}

internal sealed class OfReviews : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Reviews.Descriptor, "ListReviews", Who.AnyMember(), async scene =>
        {
            var (contract, clause, _, tpa) = await scene.NegotiatedAsync();
            return (tpa, new ListReviewsRequest { DelegationId = contract.DelegationId, ContractId = contract.Id, ClauseId = clause.Id });
        }),
        new(Reviews.Descriptor, "ApproveClause", Who.BothSides(Departments), async scene =>
        {
            var (contract, clause, insurer, _) = await scene.NegotiatedAsync();
            return (insurer, new ApproveClauseRequest
            {
                DelegationId = contract.DelegationId, ContractId = contract.Id, ClauseId = clause.Id, Department = ReviewDepartment.Legal, Etag = clause.Etag,
            });
        }),
        new(Reviews.Descriptor, "ApproveClauses", Who.BothSides(Departments), async scene =>
        {
            var (contract, clause, _, tpa) = await scene.NegotiatedAsync();
            return (tpa, new ApproveClausesRequest
            {
                DelegationId = contract.DelegationId, ContractId = contract.Id, Department = ReviewDepartment.Operations,
                Approvals = { new ClauseApproval { ClauseId = clause.Id, Etag = clause.Etag } },
            });
        }),
        new(Reviews.Descriptor, "RequestChange", Who.Members(Departments), async scene =>
        {
            var (contract, clause, _, tpa) = await scene.NegotiatedAsync();
            return (tpa, Texts.Change(contract, clause));
        }),
        new(Reviews.Descriptor, "AnswerChangeRequest", Who.Members([.. Departments, Role.DelegationManager]), async scene =>
        {
            var (contract, asked, insurer) = await scene.AskedAsync();
            return (insurer, new AnswerChangeRequestRequest { DelegationId = contract.DelegationId, ContractId = contract.Id, ChangeRequestId = asked.Id, Accepted = true });
        }),
        new(Reviews.Descriptor, "ListChangeRequests", Who.AnyMember(), async scene =>
        {
            var (contract, _, insurer) = await scene.AskedAsync();
            return (insurer, new ListChangeRequestsRequest { DelegationId = contract.DelegationId, ContractId = contract.Id });
        }),
        new(Reviews.Descriptor, "AddClauseComment", Who.Members([.. Departments, Role.DelegationManager, Role.ProjectLead]), async scene =>
        {
            var (contract, clause, insurer, _) = await scene.NegotiatedAsync();
            return (insurer, new AddClauseCommentRequest
            {
                DelegationId = contract.DelegationId, ContractId = contract.Id, ClauseId = clause.Id, Text = "À préciser.", Private = true,
            });
        }),
        new(Reviews.Descriptor, "ListClauseComments", Who.AnyMember(), async scene =>
        {
            var (contract, clause, _, tpa) = await scene.NegotiatedAsync();
            return (tpa, new ListClauseCommentsRequest { DelegationId = contract.DelegationId, ContractId = contract.Id, ClauseId = clause.Id });
        }),
        new(Reviews.Descriptor, "GetForecast", Who.AnyMember(), async scene =>
        {
            var (contract, _, insurer, _) = await scene.NegotiatedAsync();
            return (insurer, new GetForecastRequest { DelegationId = contract.DelegationId, ContractId = contract.Id });
        }),
    ];

    private static Role[] Departments => [Role.Legal, Role.Purchasing, Role.Operations, Role.Compliance];
}

/// <summary>What calls about negotiations need around them.</summary>
internal static class PreparingNegotiations
{
    private static readonly Role[] Roles = [Role.DelegationManager, Role.Legal, Role.Purchasing, Role.Operations, Role.Compliance];

    /// <summary>An open delegation, and somebody of each side who speaks for every department.</summary>
    public static async Task<(V1.Delegation Delegation, Actor Insurer, Actor Delegate)> OpenReviewedDelegationAsync(this Scene scene)
    {
        var (delegation, insurer, tpa) = await scene.OpenDelegationAsync();
        return (
            delegation,
            await scene.MemberAsync(insurer.Organization!.Value, Side.Insurer, Roles),
            await scene.MemberAsync(tpa.Organization!.Value, Side.Delegate, Roles));
    }

    /// <summary>A contract that the insurer drafted, with its first clause.</summary>
    public static async Task<(Contract Contract, ContractClause Clause, Actor Insurer, Actor Delegate)> NegotiatedAsync(this Scene scene, bool open = true)
    {
        var (delegation, insurer, tpa) = await scene.OpenReviewedDelegationAsync();
        var client = new Negotiations.NegotiationsClient(scene.As(insurer));
        var contract = await client.CreateContractAsync(Texts.Draft(delegation.Id), deadline: People.Deadline);
        if (open)
            contract = await client.OpenNegotiationAsync(
                new OpenNegotiationRequest { DelegationId = delegation.Id, ContractId = contract.Id, Etag = contract.Etag }, deadline: People.Deadline);

        var clauses = await client.ListContractClausesAsync(
            new ListContractClausesRequest { DelegationId = delegation.Id, ContractId = contract.Id }, deadline: People.Deadline);
        return (contract, clauses.Clauses[0], insurer, tpa);
    }

    /// <summary>A change that the delegate asks for.</summary>
    public static async Task<(Contract Contract, ChangeRequest Asked, Actor Insurer)> AskedAsync(this Scene scene)
    {
        var (contract, clause, insurer, tpa) = await scene.NegotiatedAsync();
        var asked = await new Reviews.ReviewsClient(scene.As(tpa)).RequestChangeAsync(Texts.Change(contract, clause), deadline: People.Deadline);
        return (contract, asked, insurer);
    }
}
