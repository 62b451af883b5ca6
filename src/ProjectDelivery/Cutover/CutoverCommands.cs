using Delegation.Delivery.V1;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Message = Delegation.Delivery.V1.Cutover;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>Commands on cutovers. Each locks the project: of two decisions at once one comes first, and the other is decided on what it made.</summary>
internal sealed class CutoverCommands(TimeProvider clock)
{
    public async Task<Outcome<Message>> CreateAsync(TenantSession session, CreateCutoverRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = RunbookFields.Read(request.Title, request.StartTime, request.Steps, violations);
        var project = (await session.LockProjectAsync(PlanIds.ReadProject(request.ProjectId, violations), cancellationToken)).ValueOrStatus();
        await CheckPeopleAsync(session, fields!, [], cancellationToken);
        if (ProjectChange.NeedsAProjectInProgress<Message>(project) is { } closed)
            return closed;

        var now = clock.GetUtcNow();
        var cutover = new CutoverRow(
            project.OwnerId, project.DelegationId, project.DelegateId, project.Id, NewId.At(now), fields!.Title, request.Rehearsal,
            Message.Types.State.Planned.Stored(), fields.StartTime, CutoverRow.Write(fields.NewSteps(now)), RolledBackTo: null, RollbackReason: null,
            RollbackSide: null, RollbackTime: null, ContentRevision: 1, now.InMicroseconds(), now.InMicroseconds(), Revision: 1);
        if (!await session.InsertCutoverAsync(cutover, cancellationToken))
            return new Outcome<Message>.Refused(
                "CUTOVER_IN_PROGRESS", new("The project has a cutover in progress.", "Le projet a une bascule en cours."));

        return await ToldAsync(session, [], cutover, cancellationToken);
    }

    public Task<Outcome<Message>> UpdateAsync(TenantSession session, UpdateCutoverRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var fields = RunbookFields.Read(request.Title, request.StartTime, request.Steps, violations);
        var ids = PlanIds.Read(request.ProjectId, "cutover_id", request.CutoverId, violations);
        return MoveAsync(session, ids, request.Etag, async (cutover, now) =>
        {
            await CheckPeopleAsync(session, fields!, cutover.ReadSteps(), cancellationToken);
            return RunbookMoves.Rewrite(cutover, fields!, fields!.NewSteps(now), now.InMicroseconds());
        }, cancellationToken);
    }

    public Task<Outcome<Message>> ReportAsync(TenantSession session, ReportStepRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        ChoiceField.Check("progress", request.Progress, violations);
        var time = InstantField.ReadOptional("time", request.Time, violations);
        var ids = PlanIds.Read(request.ProjectId, "cutover_id", request.CutoverId, violations);
        return MoveAsync(session, ids, etag: null, (cutover, now) => Task.FromResult(
            RunbookMoves.Report(cutover, session.Caller.Side, request.Number, request.Progress, time, now.InMicroseconds())), cancellationToken);
    }

    public Task<Outcome<Message>> DecideAsync(TenantSession session, DecideStepRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var reason = request.Go
            ? TextField.ReadText("reason", request.Reason, 2000, violations)
            : TextField.ReadRequiredText("reason", request.Reason, 2000, violations);
        var ids = PlanIds.Read(request.ProjectId, "cutover_id", request.CutoverId, violations);
        return MoveAsync(session, ids, request.Etag, (cutover, now) => Task.FromResult(
            RunbookMoves.Decide(cutover, session.Caller, request.Number, request.Go, reason!, now.InMicroseconds())), cancellationToken);
    }

    public Task<Outcome<Message>> RollBackAsync(TenantSession session, RollBackCutoverRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var reason = TextField.ReadRequiredText("reason", request.Reason, 2000, violations);
        var ids = PlanIds.Read(request.ProjectId, "cutover_id", request.CutoverId, violations);
        return MoveAsync(session, ids, request.Etag, (cutover, now) => Task.FromResult(
            RunbookMoves.RollBack(cutover, session.Caller.Side, request.ToNumber, reason!, now.InMicroseconds())), cancellationToken);
    }

    // An etag of null: what happened, happened, whatever came between.
    private async Task<Outcome<Message>> MoveAsync(
        TenantSession session,
        (Guid ProjectId, Guid CutoverId) ids,
        string? etag,
        Func<CutoverRow, DateTimeOffset, Task<Outcome<CutoverRow>>> move,
        CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(ids.ProjectId, cancellationToken)).ValueOrStatus();
        var before = (await session.FindCutoverAsync(project, ids.CutoverId, cancellationToken)).ValueOrStatus();
        var moved = await move(before, clock.GetUtcNow());
        if (moved is Outcome<CutoverRow>.Invalid invalid)
            return new Outcome<Message>.Invalid(invalid.Violations);
        if ((etag is null ? null : RunbookMoves.EtagMismatch<Message>(etag, before.Id, before.ContentRevision, before.Revision)) is { } stale)
            return stale;
        if (ProjectChange.NeedsAProjectInProgress<Message>(project) is { } closed)
            return closed;

        return await moved.ThenAsync(async after =>
        {
            await session.UpdateCutoverAsync(after, cancellationToken);
            return await ToldAsync(session, CutoverWork.Waiting(before), after, cancellationToken);
        });
    }

    // Each side names its own people; whom the other side had named for a step may stay.
    private static async Task CheckPeopleAsync(TenantSession session, RunbookFields fields, IReadOnlyList<Step> before, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var colleagues = new Dictionary<Guid, bool>();
        foreach (var (place, (step, owner, _, _)) in fields.Steps.Index())
        {
            if (owner.PersonId is not { } person)
                continue;
            if (!colleagues.TryGetValue(person, out var isColleague))
                colleagues[person] = isColleague = await session.IsColleagueAsync(person, cancellationToken);
            if (owner.EachSideNamesItsOwnPeople(session.Caller.Side, before.FirstOrDefault(known => known.Number == step.Number)?.Owner, isColleague) is { } violation)
                violations.Add(violation with { Field = $"steps[{place}].{violation.Field}" });
        }

        violations.RefuseIfAny();
    }

    private async Task<Outcome<Message>> ToldAsync(TenantSession session, IReadOnlyList<OpenWork> before, CutoverRow cutover, CancellationToken cancellationToken)
    {
        var entry = cutover.Parties.Entry(CutoverRow.ObjectType, cutover.Id, cutover.Revision, new CutoverChanged { Cutover = cutover.ToEvent() });
        await session.AppendAsync(entry, clock, cancellationToken);
        await session.KeepWorkAsync(before, CutoverWork.Waiting(cutover), clock, cancellationToken);
        return new Outcome<Message>.Accepted(cutover.ToMessage(clock.GetUtcNow().InMicroseconds()));
    }
}
