using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Contracts.Regulation;

/// <summary>The rpcs of <c>delegation.contracts.v1.Regulation</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class RegulationService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : V1.Regulation.RegulationBase
{
    public override Task<ListRequirementsResponse> ListRequirements(ListRequirementsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListRequirementsResponse { Requirements = { RequirementFilter.Read(request).ValueOrStatus().Apply(RequirementCatalogue.All) } });

    public override async Task<DelegationRegimes> GetRegimes(GetRegimesRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = await FindAsync(session, request.DelegationId, context.CancellationToken);
        var questionnaire = await session.FindQuestionnaireAsync(delegation, context.CancellationToken);

        return questionnaire.ToMessage(delegation.Id, await session.FindInsurerKindAsync(delegation, context.CancellationToken));
    }

    public override async Task<ListEvidenceResponse> ListEvidence(ListEvidenceRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var evidence = await session.ListEvidenceAsync(delegation, asked.Page, context.CancellationToken);

        return new() { Evidence = { evidence.Items.Select(row => row.ToMessage(delegation.Id)) }, NextPageToken = evidence.NextPageToken };
    }

    public override async Task<ListRequirementExceptionsResponse> ListRequirementExceptions(ListRequirementExceptionsRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = await FindAsync(session, request.DelegationId, context.CancellationToken);
        var exceptions = await session.ListExceptionsAsync(delegation, context.CancellationToken);

        return new() { RequirementExceptions = { exceptions.Select(row => row.ToMessage(delegation.Id)) } };
    }

    public override async Task<ContractCoverage> GetCoverage(GetCoverageRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var contractId = IdField.Read("contract_id", request.ContractId, violations);
        var day = DayField.ReadOptional("day", request.Day, violations);
        if (violations.Count > 0)
            return new Outcome<ContractCoverage>.Invalid(violations).ValueOrStatus();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var coverage = await session.ReadCoverageAsync(delegation, contractId!.Value, day ?? ParisDays.DayAt(clock.GetUtcNow()), context.CancellationToken);

        return coverage.ValueOrStatus();
    }

    public override Task<DelegationRegimes> AnswerQuestionnaire(AnswerQuestionnaireRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => RegulationCommands.AnswerAsync(session, request, clock, cancellationToken));

    public override Task<Evidence> RecordEvidence(RecordEvidenceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => RegulationCommands.RecordAsync(session, request, clock, cancellationToken));

    public override Task<Evidence> WithdrawEvidence(WithdrawEvidenceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => RegulationCommands.WithdrawAsync(session, request, clock, cancellationToken));

    public override Task<RequirementException> SetNotApplicable(SetNotApplicableRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ExceptionCommands.SetNotApplicableAsync(session, request, clock, cancellationToken));

    public override Task<RequirementException> WaiveRequirement(WaiveRequirementRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ExceptionCommands.WaiveAsync(session, request, clock, cancellationToken));

    public override Task<RequirementException> ClearRequirementException(ClearRequirementExceptionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => ExceptionCommands.ClearAsync(session, request, clock, cancellationToken));

    private static async Task<SharedDelegation> FindAsync(TenantSession session, string delegationId, CancellationToken cancellationToken) =>
        (await session.FindSharedDelegationAsync(DelegationId.Parse(delegationId).ValueOrStatus(), cancellationToken)).ValueOrStatus();
}
