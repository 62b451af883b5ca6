using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;
using State = Delegation.Delivery.V1.Workshop.Types.State;

namespace Delegation.ProjectDelivery.Scoping.Workshops;

/// <summary>The rpcs of <c>delegation.delivery.v1.Workshops</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class WorkshopsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Delivery.V1.Workshops.WorkshopsBase
{
    private const string ObjectType = "workshop";

    public override Task<Workshop> PlanWorkshop(PlanWorkshopRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var fields = WorkshopFields.Read(request, violations);
        var people = WorkshopFields.ReadPeople(request.PersonIds, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);
        return commands.RunAsync<PlanWorkshopRequest, Workshop>(
            request, context, (session, cancellation) => PlanAsync(session, projectId, fields!, people, cancellation));
    }

    public override async Task<Workshop> GetWorkshop(GetWorkshopRequest request, ServerCallContext context)
    {
        var (projectId, id) = PlanIds.Read(request.ProjectId, "workshop_id", request.WorkshopId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindWorkshopAsync(project, id, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListWorkshopsResponse> ListWorkshops(ListWorkshopsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListWorkshopsAsync(project, asked, context.CancellationToken);
        var page = rows.ToPage(asked, workshop => new PageKey(default, workshop.Id));
        return new ListWorkshopsResponse { Workshops = { page.Items.Select(workshop => workshop.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Workshop> UpdateWorkshop(UpdateWorkshopRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var fields = WorkshopFields.Read(request, violations);
        var ids = PlanIds.Read(request.ProjectId, "workshop_id", request.WorkshopId, violations);
        return commands.RunAsync<UpdateWorkshopRequest, Workshop>(
            request, context,
            (session, cancellation) => ChangeAsync(session, ids, request.Etag, workshop => new Outcome<WorkshopRow>.Accepted(workshop with
            {
                State = (request.Cancelled ? State.Cancelled : State.Planned).Stored(),
                Title = fields!.Title,
                StartTime = fields.StartTime,
                Place = fields.Place,
                Points = fields.Points,
            }), cancellation));
    }

    public override Task<Workshop> SetWorkshopParticipants(SetWorkshopParticipantsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var people = WorkshopFields.ReadPeople(request.PersonIds, violations);
        var ids = PlanIds.Read(request.ProjectId, "workshop_id", request.WorkshopId, violations);
        return commands.RunAsync<SetWorkshopParticipantsRequest, Workshop>(
            request, context,
            async (session, cancellation) =>
            {
                await CheckPeopleAsync(session, people, cancellation);
                return await ChangeAsync(
                    session, ids, request.Etag, workshop => new Outcome<WorkshopRow>.Accepted(workshop.WithPeopleOf(session.Caller.Side, people)), cancellation);
            });
    }

    public override Task<Workshop> RecordWorkshop(RecordWorkshopRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var record = TextField.ReadRequiredText("record", request.Record, 20_000, violations);
        var ids = PlanIds.Read(request.ProjectId, "workshop_id", request.WorkshopId, violations);
        return commands.RunAsync<RecordWorkshopRequest, Workshop>(
            request, context,
            (session, cancellation) => ChangeAsync(
                session, ids, request.Etag,
                workshop => WorkshopRules.CanHaveBeenHeld<WorkshopRow>(workshop, clock.GetUtcNow())
                    ?? new Outcome<WorkshopRow>.Accepted(workshop with { State = State.Held.Stored(), Record = record! }),
                cancellation));
    }

    private async Task<Outcome<Workshop>> PlanAsync(
        TenantSession session, Guid projectId, WorkshopFields fields, Guid[] people, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        await CheckPeopleAsync(session, people, cancellationToken);
        if (ProjectChange.NeedsAProjectInProgress<Workshop>(project) is { } closed)
            return closed;

        var now = clock.GetUtcNow();
        var workshop = new WorkshopRow
        {
            OwnerId = project.OwnerId,
            DelegationId = project.DelegationId,
            DelegateId = project.DelegateId,
            ProjectId = project.Id,
            Id = NewId.At(now),
            State = State.Planned.Stored(),
            Title = fields.Title,
            StartTime = fields.StartTime,
            Place = fields.Place,
            Points = fields.Points,
            InsurerPeople = [],
            DelegatePeople = [],
            Record = "",
            CreateTime = now.InMicroseconds(),
            UpdateTime = now.InMicroseconds(),
            Revision = 1,
        }.WithPeopleOf(session.Caller.Side, people);
        await session.InsertWorkshopAsync(workshop, cancellationToken);
        return await ToldAsync(session, workshop, cancellationToken);
    }

    private async Task<Outcome<Workshop>> ChangeAsync(
        TenantSession session, (Guid Project, Guid Workshop) ids, string etag, Func<WorkshopRow, Outcome<WorkshopRow>> change, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(ids.Project, cancellationToken)).ValueOrStatus();
        var workshop = (await session.FindWorkshopAsync(project, ids.Workshop, cancellationToken)).ValueOrStatus();
        var outcome = WorkshopRules.CanChange<WorkshopRow>(project, workshop, etag) ?? change(workshop);
        return await outcome.ThenAsync(async changed =>
        {
            var saved = changed with { UpdateTime = clock.GetUtcNow().InMicroseconds(), Revision = workshop.Revision + 1 };
            await session.UpdateWorkshopAsync(saved, cancellationToken);
            return await ToldAsync(session, saved, cancellationToken);
        });
    }

    private static async Task CheckPeopleAsync(TenantSession session, Guid[] people, CancellationToken cancellationToken)
    {
        if (!await session.AreColleaguesAsync(people, cancellationToken))
            new List<FieldViolation> { WorkshopFields.PersonUnknown }.RefuseIfAny();
    }

    private async Task<Outcome<Workshop>> ToldAsync(TenantSession session, WorkshopRow workshop, CancellationToken cancellationToken)
    {
        await session.AppendAsync(
            workshop.Parties.Entry(ObjectType, workshop.Id, workshop.Revision, new WorkshopChanged { Workshop = workshop.ToEvent() }), clock, cancellationToken);
        return new Outcome<Workshop>.Accepted(workshop.ToMessage());
    }
}
