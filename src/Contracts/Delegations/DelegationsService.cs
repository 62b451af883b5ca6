using Delegation.Contracts.Organizations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Delegation.Contracts.Delegations;

/// <summary>The rpcs of <c>delegation.contracts.v1.Delegations</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class DelegationsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : V1.Delegations.DelegationsBase
{
    public override Task<V1.Delegation> CreateDelegation(CreateDelegationRequest request, ServerCallContext context) =>
        commands.RunAsync<CreateDelegationRequest, V1.Delegation>(
            request, context, (session, cancellationToken) => CreateAsync(session, request, cancellationToken));

    public override Task<V1.Delegation> UpdateDelegation(UpdateDelegationRequest request, ServerCallContext context) =>
        commands.RunAsync<UpdateDelegationRequest, V1.Delegation>(
            request, context, (session, cancellationToken) => UpdateAsync(session, request, cancellationToken));

    public override Task<Empty> WithdrawDelegation(WithdrawDelegationRequest request, ServerCallContext context) =>
        commands.RunAsync<WithdrawDelegationRequest, Empty>(
            request, context, (session, cancellationToken) => WithdrawAsync(session, request, cancellationToken));

    public override async Task<V1.Delegation> GetDelegation(GetDelegationRequest request, ServerCallContext context)
    {
        var id = DelegationId.Parse(request.DelegationId).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = await session.FindDelegationAsync(id, context.CancellationToken);

        return DelegationQueries.Found(delegation).ValueOrStatus().ToMessage();
    }

    public override async Task<ListDelegationsResponse> ListDelegations(ListDelegationsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var state = DelegationStates.ReadFilter(request.State, violations);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        if (violations.Count > 0)
            new Outcome<Page<DelegationRow>>.Invalid(violations).ValueOrStatus();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var listed = await session.ListDelegationsAsync(state, page, context.CancellationToken);
        return new ListDelegationsResponse { Delegations = { listed.Items.Select(row => row.ToMessage()) }, NextPageToken = listed.NextPageToken };
    }

    private async Task<Outcome<V1.Delegation>> CreateAsync(TenantSession session, CreateDelegationRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var own = await session.FindOrganizationAsync(session.Caller.OrganizationId, cancellationToken);
        return await own.ThenAsync(organization => Drafting.Decide(request, organization, NewId.At(now), now).ThenAsync(
            draft => SaveAsync(session, draft, session.InsertDraftAsync, cancellationToken)));
    }

    private async Task<Outcome<V1.Delegation>> UpdateAsync(TenantSession session, UpdateDelegationRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var terms = DelegationTerms.Of(request, violations);
        if (id is null)
            return new Outcome<V1.Delegation>.Invalid(violations);

        var current = await session.LockDelegationAsync(id.Value, cancellationToken);
        return await current.ThenAsync(row => Change.Decide(terms, violations, request.Etag, row, session.Caller.Side, clock.GetUtcNow()).ThenAsync(
            changed => SaveAsync(session, changed, session.UpdateDelegationAsync, cancellationToken)));
    }

    private async Task<Outcome<Empty>> WithdrawAsync(
        TenantSession session, WithdrawDelegationRequest request, CancellationToken cancellationToken)
    {
        var current = await DelegationId.Parse(request.DelegationId).ThenAsync(id => session.LockDelegationAsync(id, cancellationToken));
        return await current.ThenAsync(row => Withdrawal.Decide(request.Etag, row).ThenAsync<Empty>(async draft =>
        {
            await session.DeleteDraftAsync(draft, cancellationToken);
            await session.AppendAsync(DelegationJournal.Withdrawn(draft), clock, cancellationToken);
            return new Outcome<Empty>.Accepted(new Empty());
        }));
    }

    /// <summary>Saves what was decided, unless a contract number in it belongs to another delegation of the insurer.</summary>
    private async Task<Outcome<V1.Delegation>> SaveAsync(
        TenantSession session, DelegationRow decided, Func<DelegationRow, CancellationToken, Task> save, CancellationToken cancellationToken)
    {
        var held = await session.ContractsHeldElsewhereAsync(decided, cancellationToken);
        if (held.Count > 0)
            return new Outcome<V1.Delegation>.Invalid(held);

        await save(decided, cancellationToken);
        await session.AppendAsync(
            decided.State == DelegationRow.Draft ? DelegationJournal.Drafted(decided) : DelegationJournal.Updated(decided), clock, cancellationToken);
        return new Outcome<V1.Delegation>.Accepted(decided.ToMessage());
    }
}
