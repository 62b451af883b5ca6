using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Workshops;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;
using State = Delegation.Delivery.V1.Need.Types.State;

namespace Delegation.ProjectDelivery.Scoping.Needs;

/// <summary>The rpcs of <c>delegation.delivery.v1.Needs</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class NeedsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Delivery.V1.Needs.NeedsBase
{
    private static readonly FieldViolation StateUnknown = new(
        "state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."),
        new("Choose RAISED, ACCEPTED, REFUSED or DEFERRED.", "Choisissez RAISED (à décider), ACCEPTED (accepté), REFUSED (refusé) ou DEFERRED (différé)."));

    public override Task<Need> RaiseNeed(RaiseNeedRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var title = TextField.ReadLine("title", request.Title, 200, violations);
        var description = TextField.ReadText("description", request.Description, 4000, violations);
        var ids = PlanIds.Read(request.ProjectId, "workshop_id", request.WorkshopId, violations);
        return commands.RunAsync<RaiseNeedRequest, Need>(
            request, context, (session, cancellation) => RaiseAsync(session, ids, title!, description!, cancellation));
    }

    public override async Task<Need> GetNeed(GetNeedRequest request, ServerCallContext context)
    {
        var (projectId, id) = PlanIds.Read(request.ProjectId, "need_id", request.NeedId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindNeedAsync(project, id, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListNeedsResponse> ListNeeds(ListNeedsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        if (request.State != State.Unspecified && !StoredNames.IsKnown(request.State))
            violations.Add(StateUnknown);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListNeedsAsync(project, request.State.StoredIfKnown(), asked, context.CancellationToken);
        var page = rows.ToPage(asked, need => new PageKey(default, need.Id));
        return new ListNeedsResponse { Needs = { page.Items.Select(need => need.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Need> DecideNeed(DecideNeedRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var (decision, owner) = DecisionFields.Read(request.Decision, ParisDays.DayAt(clock.GetUtcNow()), violations);
        var ids = PlanIds.Read(request.ProjectId, "need_id", request.NeedId, violations);
        return commands.RunAsync<DecideNeedRequest, Need>(
            request, context,
            async (session, cancellation) =>
            {
                var (project, need) = await LockAsync(session, ids, cancellation);
                await CheckOwnerAsync(session, owner, cancellation);
                return await NeedRules.Propose(project, need, decision!, request.Etag, session.Caller.Side, clock.GetUtcNow().InMicroseconds()).ThenAsync(
                    proposed => SavedAsync(session, proposed, cancellation));
            });
    }

    public override Task<Need> ConfirmNeedDecision(ConfirmNeedDecisionRequest request, ServerCallContext context)
    {
        var ids = PlanIds.Read(request.ProjectId, "need_id", request.NeedId, []);
        return commands.RunAsync<ConfirmNeedDecisionRequest, Need>(
            request, context,
            async (session, cancellation) =>
            {
                var (project, need) = await LockAsync(session, ids, cancellation);
                return await NeedRules.Confirm(project, need, request.Etag, session.Caller.Side, clock.GetUtcNow().InMicroseconds()).ThenAsync(async confirmed =>
                    await SavedAsync(
                        session,
                        confirmed.State == State.Accepted.Stored() ? await session.BecomeAsync(project, confirmed, need.ProposedDecision!, clock, cancellation) : confirmed,
                        cancellation));
            });
    }

    private async Task<Outcome<Need>> RaiseAsync(
        TenantSession session, (Guid Project, Guid Workshop) ids, string title, string description, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(ids.Project, cancellationToken)).ValueOrStatus();
        var workshop = (await session.FindWorkshopAsync(project, ids.Workshop, cancellationToken)).ValueOrStatus();
        if (ProjectChange.NeedsAProjectInProgress<Need>(project) is { } closed)
            return closed;

        var now = clock.GetUtcNow();
        var need = new NeedRow(
            project.OwnerId, project.DelegationId, project.DelegateId, project.Id, NewId.At(now), workshop.Id, title, description, session.Caller.Side.Code(),
            State.Raised.Stored(), Decision: null, DeferredDay: null, Proposed: null, ProposedBy: null, ResultType: null, ResultId: null, now.InMicroseconds(),
            now.InMicroseconds(), Revision: 1);
        await session.InsertNeedAsync(need, cancellationToken);
        return await ToldAsync(session, need, cancellationToken);
    }

    private static async Task<(ProjectRow Project, NeedRow Need)> LockAsync(TenantSession session, (Guid Project, Guid Need) ids, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(ids.Project, cancellationToken)).ValueOrStatus();
        return (project, (await session.FindNeedAsync(project, ids.Need, cancellationToken)).ValueOrStatus());
    }

    // Each side names its own people.
    private static async Task CheckOwnerAsync(TenantSession session, ActionOwnerFields? owner, CancellationToken cancellationToken)
    {
        if (owner?.PersonId is not { } person)
            return;

        var isColleague = await session.IsColleagueAsync(person, cancellationToken);
        if (owner.EachSideNamesItsOwnPeople(session.Caller.Side, before: null, isColleague) is { } violation)
            new List<FieldViolation> { violation with { Field = $"decision.{violation.Field}" } }.RefuseIfAny();
    }

    private async Task<Outcome<Need>> SavedAsync(TenantSession session, NeedRow need, CancellationToken cancellationToken)
    {
        await session.UpdateNeedAsync(need, cancellationToken);
        return await ToldAsync(session, need, cancellationToken);
    }

    private async Task<Outcome<Need>> ToldAsync(TenantSession session, NeedRow need, CancellationToken cancellationToken)
    {
        await session.AppendAsync(need.Parties.Entry(NeedWork.ObjectType, need.Id, need.Revision, new NeedChanged { Need = need.ToMessage() }), clock, cancellationToken);
        await session.KeepNeedWorkAsync(need, clock, cancellationToken);
        return new Outcome<Need>.Accepted(need.ToMessage());
    }
}
