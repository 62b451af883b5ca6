using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Scope;

/// <summary>The rpcs of <c>delegation.contracts.v1.Scopes</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ScopesService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Scopes.ScopesBase
{
    public override async Task<ListActivitiesResponse> ListActivities(ListActivitiesRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return new() { Activities = { (await session.ReadTradeListAsync(context.CancellationToken)).Activities } };
    }

    public override async Task<ListScopeTemplatesResponse> ListScopeTemplates(ListScopeTemplatesRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return new() { Templates = { (await session.ReadTradeListAsync(context.CancellationToken)).Templates } };
    }

    public override async Task<ScopeVersion> GetScopeVersion(GetScopeVersionRequest request, ServerCallContext context) =>
        (await sessions.ReadSharedAsync(
            context, request.DelegationId, "scope_version_id", request.ScopeVersionId,
            (session, delegation, id) => session.FindScopeVersionAsync(delegation, id, context.CancellationToken), ScopeRefusals.NotFound)).ToMessage();

    public override async Task<ListScopeVersionsResponse> ListScopeVersions(ListScopeVersionsRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var versions = await session.ListScopeVersionsAsync(delegation, asked.Page, context.CancellationToken);
        return new() { ScopeVersions = { versions.Items.Select(version => version.ToMessage()) }, NextPageToken = versions.NextPageToken };
    }

    public override Task<ScopeVersion> CreateScopeVersion(CreateScopeVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ScopeCommands.ProposeAsync(session, request, clock, cancellationToken));

    public override Task<ScopeVersion> UpdateScopeVersion(UpdateScopeVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ScopeCommands.ChangeAsync(session, request, clock, cancellationToken));

    public override Task<ScopeVersion> ValidateScopeVersion(ValidateScopeVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ScopeCommands.ValidateAsync(session, request, clock, cancellationToken));

    public override Task<ScopeVersion> WithdrawScopeVersion(WithdrawScopeVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ScopeCommands.WithdrawAsync(session, request, clock, cancellationToken));
}
