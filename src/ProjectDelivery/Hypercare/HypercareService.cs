using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Phases;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>The rpcs of <c>delegation.delivery.v1.HypercareFollowUp</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class HypercareService(CommandRunner commands, TenantSessions sessions, Peers peers, Checking checking, TimeProvider clock)
    : HypercareFollowUp.HypercareFollowUpBase
{
    public override async Task<Delivery.V1.Hypercare> GetHypercare(GetHypercareRequest request, ServerCallContext context)
    {
        var projectId = PlanIds.ReadProject(request.ProjectId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.ReadHypercareAsync(project, context.CancellationToken)).ToMessage();
    }

    public override Task<Delivery.V1.Hypercare> SetHypercareTerms(SetHypercareTermsRequest request, ServerCallContext context) => ChangeAsync(
        request,
        context,
        () =>
        {
            var violations = new List<FieldViolation>();
            TermsFields.Check(request.Terms, violations);
            return PlanIds.ReadProject(request.ProjectId, violations);
        },
        (_, hypercare) => HypercareRules.CanChangeTerms(hypercare, request.Etag) ?? new Outcome<HypercareRow>.Accepted(hypercare.With(request.Terms)));

    public override Task<Delivery.V1.Hypercare> AgreeHypercareTerms(AgreeHypercareTermsRequest request, ServerCallContext context) => ChangeAsync(
        request,
        context,
        () => PlanIds.ReadProject(request.ProjectId, []),
        (session, hypercare) => HypercareRules.Agree(hypercare, session.Caller.Side, request.Etag, clock.GetUtcNow().InMicroseconds()));

    public override Task<Delivery.V1.Hypercare> ReleaseTeam(ReleaseTeamRequest request, ServerCallContext context) => commands.RunAsync<ReleaseTeamRequest, Delivery.V1.Hypercare>(
        request, context, (session, cancellation) => ReleaseAsync(session, request, cancellation));

    public override Task<OperationCheck> CheckOperation(CheckOperationRequest request, ServerCallContext context) => commands.RunAsync<CheckOperationRequest, OperationCheck>(
        request, context, (session, cancellation) => checking.CheckAsync(session, request, cancellation));

    public override async Task<ListOperationChecksResponse> ListOperationChecks(ListOperationChecksRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        if (request.Verdict != OperationCheck.Types.Verdict.Unspecified)
            ChoiceField.Check("verdict", request.Verdict, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListChecksAsync(project, request.Verdict.StoredIfKnown(), asked, context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(default, row.Id));

        return new ListOperationChecksResponse { OperationChecks = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    private async Task<Outcome<Delivery.V1.Hypercare>> ReleaseAsync(TenantSession session, ReleaseTeamRequest request, CancellationToken cancellationToken)
    {
        var projectId = PlanIds.ReadProject(request.ProjectId, []);
        var now = clock.GetUtcNow();
        var look = new GateLook(session, peers, (await session.FindProjectAsync(projectId, cancellationToken)).ValueOrStatus(), now, cancellationToken);
        await look.AskOthersAsync(ProjectGate.ToCruise);

        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var hypercare = await session.ReadHypercareAsync(project, cancellationToken);
        var verdict = await look.JudgeAsync(ProjectGate.ToCruise, await session.ListOpenOverridesAsync(project, cancellationToken));
        return await HypercareRules.Release(project, hypercare, verdict, session.Caller.Side, request.Etag, now.InMicroseconds())
            .ThenAsync(released => SaveAsync(session, project, hypercare, released, cancellationToken));
    }

    private Task<Delivery.V1.Hypercare> ChangeAsync<TRequest>(
        TRequest request,
        ServerCallContext context,
        Func<Guid> read,
        Func<TenantSession, HypercareRow, Outcome<HypercareRow>> decide)
        where TRequest : class, IMessage<TRequest> => commands.RunAsync<TRequest, Delivery.V1.Hypercare>(
        request, context,
        async (session, cancellation) =>
        {
            var project = (await session.LockProjectAsync(read(), cancellation)).ValueOrStatus();
            if (ProjectChange.NeedsAProjectInProgress<Delivery.V1.Hypercare>(project) is { } closed)
                return closed;

            var hypercare = await session.ReadHypercareAsync(project, cancellation);
            return await decide(session, hypercare).ThenAsync(changed => SaveAsync(session, project, hypercare, changed, cancellation));
        });

    private async Task<Outcome<Delivery.V1.Hypercare>> SaveAsync(
        TenantSession session, ProjectRow project, HypercareRow before, HypercareRow hypercare, CancellationToken cancellationToken)
    {
        await session.SaveHypercareAsync(project, hypercare, cancellationToken);
        var told = new HypercareChanged { Hypercare = hypercare.ToMessage() };
        await session.AppendAsync(project.Parties.Entry(HypercareRow.ObjectType, project.Id, hypercare.Revision, told), clock, cancellationToken);
        await session.KeepWorkAsync(HypercareWork.Of(project, before), HypercareWork.Of(project, hypercare), clock, cancellationToken);
        return new Outcome<Delivery.V1.Hypercare>.Accepted(hypercare.ToMessage());
    }
}
