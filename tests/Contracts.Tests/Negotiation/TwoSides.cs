using Dapper;
using Delegation.Contracts.Tests.Delegations;
using Delegation.Contracts.V1;
using Npgsql;

namespace Delegation.Contracts.Tests.Negotiation;

/// <summary>A contract between two organisations of a test's own, each with one person who speaks for every department, and their calls.</summary>
internal sealed class TwoSides
{
    public static readonly ReviewDepartment[] Departments =
        [ReviewDepartment.Legal, ReviewDepartment.Purchasing, ReviewDepartment.Operations, ReviewDepartment.Compliance];

    private static readonly string[] Roles = ["administrator", "delegation_manager", "legal", "purchasing", "operations", "compliance"];

    private readonly ContractsHost _host;

    private TwoSides(ContractsHost host, TwoParties parties, V1.Delegation delegation) => (_host, Parties, Delegation) = (host, parties, delegation);

    public TwoParties Parties { get; }

    public V1.Delegation Delegation { get; }

    public Contract Contract { get; private set; } = new();

    public static DateTime Deadline => TwoParties.Deadline;

    public static async Task<TwoSides> OpenAsync(ContractsHost host)
    {
        var parties = await TwoParties.RegisterAsync(host);
        await using (var connection = new NpgsqlConnection(host.Database.AdminConnectionString))
            await connection.ExecuteAsync(
                "UPDATE member SET roles = @Roles, revision = revision + 1 WHERE subject = ANY (@subjects)",
                new { Roles, subjects = new[] { parties.InsurerSubject, parties.DelegateSubject } });

        return new TwoSides(host, parties, await parties.OpenAsync());
    }

    /// <summary>A contract under negotiation, drafted by the insurer.</summary>
    public static async Task<TwoSides> NegotiateAsync(ContractsHost host, params string[] codes)
    {
        var two = await OpenAsync(host);
        await two.NegotiateAsync(reviewDays: 10, codes);
        return two;
    }

    /// <summary>The same two parties in another delegation.</summary>
    public async Task<TwoSides> AnotherAsync() => new(_host, Parties, await Parties.OpenAsync());

    public async Task NegotiateAsync(int reviewDays, params string[] codes)
    {
        var draft = Negotiation.Texts.Draft(Delegation.Id, codes);
        draft.Terms.ReviewDays = reviewDays;
        Contract = await Texts(insurer: true).CreateContractAsync(draft, deadline: Deadline);
        Contract = await Texts(insurer: true).OpenNegotiationAsync(
            new OpenNegotiationRequest { DelegationId = Delegation.Id, ContractId = Contract.Id, Etag = Contract.Etag }, deadline: Deadline);
    }

    public Negotiations.NegotiationsClient Texts(bool insurer) => new(_host.As(Subject(insurer)));

    public Reviews.ReviewsClient Reviews(bool insurer) => new(_host.As(Subject(insurer)));

    public string Subject(bool insurer) => insurer ? Parties.InsurerSubject : Parties.DelegateSubject;

    public async Task<Contract> ReadAsync(bool insurer = true) => Contract = await Texts(insurer).GetContractAsync(
        new GetContractRequest { DelegationId = Delegation.Id, ContractId = Contract.Id }, deadline: Deadline);

    public async Task<IReadOnlyList<ContractClause>> ClausesAsync(bool insurer = true) => (await Texts(insurer).ListContractClausesAsync(
        new ListContractClausesRequest { DelegationId = Delegation.Id, ContractId = Contract.Id }, deadline: Deadline)).Clauses;

    public async Task<IReadOnlyList<ClauseReview>> ReviewsAsync(bool openOnly = false) => (await Reviews(true).ListReviewsAsync(
        new ListReviewsRequest { DelegationId = Delegation.Id, ContractId = Contract.Id, OpenOnly = openOnly }, deadline: Deadline)).Reviews;

    public async Task<NegotiationForecast> ForecastAsync() => await Reviews(false).GetForecastAsync(
        new GetForecastRequest { DelegationId = Delegation.Id, ContractId = Contract.Id }, deadline: Deadline);

    public async Task<ClauseReview> ApproveAsync(ContractClause clause, bool insurer, ReviewDepartment department) =>
        await Reviews(insurer).ApproveClauseAsync(Approval(clause, department), deadline: Deadline);

    public ApproveClauseRequest Approval(ContractClause clause, ReviewDepartment department) => new()
    {
        DelegationId = Delegation.Id, ContractId = Contract.Id, ClauseId = clause.Id, Department = department, Etag = clause.Etag,
    };

    public async Task<ApproveClausesResponse> ApproveManyAsync(IReadOnlyList<ContractClause> clauses, bool insurer, ReviewDepartment department) =>
        await Reviews(insurer).ApproveClausesAsync(Approvals(clauses, department), deadline: Deadline);

    public ApproveClausesRequest Approvals(IReadOnlyList<ContractClause> clauses, ReviewDepartment department) => new()
    {
        DelegationId = Delegation.Id,
        ContractId = Contract.Id,
        Department = department,
        Approvals = { clauses.Select(clause => new ClauseApproval { ClauseId = clause.Id, Etag = clause.Etag }) },
    };

    /// <summary>Takes all roles but some from who speaks for a side.</summary>
    public async Task KeepRolesAsync(bool insurer, params string[] roles)
    {
        await using var connection = new NpgsqlConnection(_host.Database.AdminConnectionString);
        await connection.ExecuteAsync("UPDATE member SET roles = @roles, revision = revision + 1 WHERE subject = @subject", new { roles, subject = Subject(insurer) });
    }

    /// <summary>Every department of one side approves every clause as it is.</summary>
    public async Task ApproveAllAsync(bool insurer)
    {
        foreach (var clause in await ClausesAsync(insurer))
            await ApproveClauseBySideAsync(clause, insurer);
    }

    public async Task ApproveClauseBySideAsync(ContractClause clause, bool insurer)
    {
        foreach (var department in Departments)
            await ApproveAsync(clause, insurer, department);
    }

    public async Task<ContractClause> RewordAsync(ContractClause clause, bool insurer, string wording) => await Texts(insurer).UpdateContractClauseAsync(
        new UpdateContractClauseRequest { DelegationId = Delegation.Id, ContractId = Contract.Id, ClauseId = clause.Id, Wording = wording, Etag = clause.Etag },
        deadline: Deadline);

    public async Task<ChangeRequest> AskAsync(ContractClause clause, bool insurer, ReviewDepartment department = ReviewDepartment.Legal, string? wording = null)
    {
        var request = Negotiation.Texts.Change(Contract, clause);
        request.Department = department;
        request.Wording = wording ?? request.Wording;
        return await Reviews(insurer).RequestChangeAsync(request, deadline: Deadline);
    }

    public AnswerChangeRequestRequest Answer(ChangeRequest asked, bool accepted, string answer = "") => new()
    {
        DelegationId = Delegation.Id, ContractId = Contract.Id, ChangeRequestId = asked.Id, Accepted = accepted, Answer = answer,
    };

    public async Task<ClauseComment> CommentAsync(ContractClause clause, bool insurer, string text, bool isPrivate) => await Reviews(insurer).AddClauseCommentAsync(
        new AddClauseCommentRequest { DelegationId = Delegation.Id, ContractId = Contract.Id, ClauseId = clause.Id, Text = text, Private = isPrivate },
        deadline: Deadline);
}
