using Delegation.Contracts.Delegations;
using Delegation.Contracts.JointVersions;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Contracts.Finance;

/// <summary>The rpcs of <c>delegation.contracts.v1.FinancialTerms</c>. What each means is in the contract.</summary>
internal sealed class FinancialTermsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : FinancialTerms.FinancialTermsBase
{
    public override async Task<ListFinancialVersionsResponse> ListFinancialVersions(ListFinancialVersionsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var termsId = IdField.ReadOptional("financial_terms_id", request.FinancialTermsId, violations);
        var page = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var versions = await session.ListVersionsAsync(FinancialKinds.Terms, delegation, termsId, page, context.CancellationToken);
        return new() { FinancialVersions = { versions.Items.Select(version => version.ToFinancial()) }, NextPageToken = versions.NextPageToken };
    }

    public override async Task<ListFinancialTermsResponse> ListFinancialTerms(ListFinancialTermsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var day = DayField.ReadOptional("day", request.Day, violations) ?? ParisDays.DayAt(clock.GetUtcNow());
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var holding = await session.ListHoldingAsync(FinancialKinds.Terms, delegation, day, day, context.CancellationToken);
        return new() { Day = DayField.Write(day), FinancialVersions = { holding.Select(version => version.ToFinancial()) } };
    }

    public override Task<FinancialVersion> CreateFinancialVersion(CreateFinancialVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => FinancialCommands.ProposeAsync(session, request, clock, cancellationToken));

    public override Task<FinancialVersion> ValidateFinancialVersion(ValidateFinancialVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => FinancialCommands.ValidateAsync(session, request, clock, cancellationToken));

    public override Task<FinancialVersion> WithdrawFinancialVersion(WithdrawFinancialVersionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => FinancialCommands.WithdrawAsync(session, request, clock, cancellationToken));
}
