using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Answers;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>The rpcs of <c>delegation.delivery.v1.Gates</c>: read, look, decide, save, answer. What each means is in the contract.</summary>
internal sealed class GatesService(CommandRunner commands, TenantSessions sessions, Peers peers, TimeProvider clock) : Gates.GatesBase
{
    public override async Task<ListGatesResponse> ListGates(ListGatesRequest request, ServerCallContext context)
    {
        var projectId = PlanIds.ReadProject(request.ProjectId, []);
        return new ListGatesResponse { Gates = { await ReadAsync(projectId, _ => ProjectPosition.Gates, context) } };
    }

    public override async Task<Gate> GetGate(GetGateRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var named = GateField.ReadOptional(request.Gate, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);
        return (await ReadAsync(projectId, project => [named ?? NeedsANextOne(project)], context)).Single();
    }

    public override Task<Gate> PassGate(PassGateRequest request, ServerCallContext context)
    {
        var language = context.LanguageOfCaller();
        return commands.RunAsync<PassGateRequest, Gate>(
            request, context, (session, cancellation) => PassAsync(session, request, language, cancellation));
    }

    private static ProjectGate NeedsANextOne(ProjectRow project) =>
        project.Position.Next ?? throw RpcErrors.FailedPrecondition(
            "PROJECT_CLOSED", new("This project is closed: it has no next gate.", "Ce projet est clos : il n'a plus de prochain jalon."));

    private async Task<IReadOnlyList<Gate>> ReadAsync(Guid projectId, Func<ProjectRow, IReadOnlyList<ProjectGate>> wanted, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var gates = wanted(project);
        var known = await session.ListGatesAsync(project, context.CancellationToken);
        var evidence = await session.ListEvidenceAsync(project, context.CancellationToken);
        var inForce = await session.ListOpenOverridesAsync(project, context.CancellationToken);
        var look = new GateLook(session, peers, project, clock.GetUtcNow(), context.CancellationToken);

        var messages = new List<Gate>();
        foreach (var gate in gates)
        {
            var row = known.FirstOrDefault(row => row.Which == gate);
            messages.Add(row is { IsPassed: true }
                ? row.ToMessage(evidence, context.LanguageOfCaller())
                : (await look.JudgeAsync(gate, inForce)).ToMessage(project, row, context.LanguageOfCaller()));
        }

        return messages;
    }

    private async Task<Outcome<Gate>> PassAsync(TenantSession session, PassGateRequest request, string language, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var gate = GateField.Read(request.Gate, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);
        var now = clock.GetUtcNow();

        var look = new GateLook(session, peers, (await session.FindProjectAsync(projectId, cancellationToken)).ValueOrStatus(), now, cancellationToken);
        await look.AskOthersAsync(gate!.Value);

        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var former = (await session.ListGatesAsync(project, cancellationToken)).FirstOrDefault(row => row.Which == gate);
        var verdict = await look.JudgeAsync(gate.Value, await session.ListOpenOverridesAsync(project, cancellationToken));
        return await GatePassing.Decide(project, former, verdict, session.Caller, request.Etag, now)
            .ThenAsync(passed => SaveAsync(session, project, passed, verdict, language, cancellationToken));
    }

    private async Task<Outcome<Gate>> SaveAsync(
        TenantSession session, ProjectRow project, GateRow gate, GateVerdict verdict, string language, CancellationToken cancellationToken)
    {
        await session.SaveGateAsync(gate, cancellationToken);
        await session.KeepGateWorkAsync(project, gate, clock, cancellationToken);
        if (!gate.IsPassed)
        {
            var waits = new GatePassedBySide { Gate = verdict.ToMessage(project, gate, language: null) };
            await session.AppendAsync(gate.Parties.Entry(GateWork.GateType, gate.Id, gate.Revision, waits), clock, cancellationToken);
            return new Outcome<Gate>.Accepted(verdict.ToMessage(project, gate, language));
        }

        await session.InsertEvidenceAsync(gate, verdict, cancellationToken);
        var moved = project.At(ProjectPosition.After(gate.Which), gate.PassTime!.Value);
        await session.UpdateProjectAsync(moved, cancellationToken);
        var passed = new GatePassed { Gate = gate.ToMessage(verdict, language: null) };
        await session.AppendAsync(gate.Parties.Entry(GateWork.GateType, gate.Id, gate.Revision, passed), clock, cancellationToken);
        var changed = new ProjectPhaseChanged { Project = moved.ToMessage(), Gate = gate.Which };
        await session.AppendAsync(moved.Parties.Entry(ProjectsService.ObjectType, moved.Id, moved.Revision, changed), clock, cancellationToken);
        if (gate.Which == ProjectGate.ToScoping)
            await session.AwaitAnswersAsync(moved, clock, cancellationToken);
        return new Outcome<Gate>.Accepted(gate.ToMessage(verdict, language));
    }
}
