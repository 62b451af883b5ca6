using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Negotiation;

/// <summary>The rpcs of <c>delegation.contracts.v1.Negotiations</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class NegotiationsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Negotiations.NegotiationsBase
{
    public override async Task<Contract> GetContract(GetContractRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await Negotiating.FindAsync(session, request.DelegationId, request.ContractId, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListContractsResponse> ListContracts(ListContractsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var contracts = await session.ListContractsAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Contracts = { contracts.Items.Select(contract => contract.ToMessage()) }, NextPageToken = contracts.NextPageToken };
    }

    public override async Task<ContractClause> GetContractClause(GetContractClauseRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        IdField.Read("delegation_id", request.DelegationId, violations);
        IdField.Read("contract_id", request.ContractId, violations);
        var clauseId = IdField.Read("clause_id", request.ClauseId, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var contract = (await Negotiating.FindAsync(session, request.DelegationId, request.ContractId, context.CancellationToken)).ValueOrStatus();
        return (await Negotiating.ClauseOfAsync(session, contract, clauseId!.Value, context.CancellationToken)).ValueOrStatus().ToMessage(contract.Id);
    }

    public override async Task<ListContractClausesResponse> ListContractClauses(ListContractClausesRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var contract = (await Negotiating.FindAsync(session, request.DelegationId, request.ContractId, context.CancellationToken)).ValueOrStatus();
        var clauses = await session.ListClausesAsync(contract, context.CancellationToken);
        return new() { Clauses = { clauses.Select(clause => clause.ToMessage(contract.Id)) } };
    }

    public override Task<Contract> CreateContract(CreateContractRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ContractCommands.DraftAsync(session, request, clock, cancellationToken));

    public override Task<Contract> UpdateContract(UpdateContractRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ContractCommands.ChangeTermsAsync(session, request, clock, cancellationToken));

    public override Task<Contract> AnswerContractTerms(AnswerContractTermsRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ContractCommands.AnswerTermsAsync(session, request, clock, cancellationToken));

    public override Task<Contract> OpenNegotiation(OpenNegotiationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ContractCommands.OpenAsync(session, request, clock, cancellationToken));

    public override Task<Contract> WithdrawContract(WithdrawContractRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ContractCommands.WithdrawAsync(session, request, clock, cancellationToken));

    public override Task<ContractClause> AddContractClause(AddContractClauseRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ClauseCommands.AddAsync(session, request, clock, cancellationToken));

    public override Task<ContractClause> UpdateContractClause(UpdateContractClauseRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ClauseCommands.ChangeAsync(session, request, clock, cancellationToken));

    public override Task<ContractClause> RemoveContractClause(RemoveContractClauseRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ClauseCommands.RemoveAsync(session, request, clock, cancellationToken));
}
