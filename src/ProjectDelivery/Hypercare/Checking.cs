using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Verdict = Delegation.Delivery.V1.OperationCheck.Types.Verdict;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>First operations are looked at one by one, as Reporting tells them.</summary>
internal sealed class Checking(OperationsOfReporting operations, TimeProvider clock)
{
    private const int ReferenceLength = 64;
    private const int NoteLength = 1000;

    private static readonly FieldViolation AdjustmentUnknown = new(
        "adjustment_id", "ADJUSTMENT_UNKNOWN", new("The project has no adjustment with this id.", "Le projet n'a aucun ajustement portant cet identifiant."),
        new("Open the adjustment first.", "Ouvrez d'abord l'ajustement."));

    public async Task<Outcome<OperationCheck>> CheckAsync(TenantSession session, CheckOperationRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var reference = TextField.ReadLine("reference", request.Reference, ReferenceLength, violations);
        ChoiceField.Check("verdict", request.Verdict, violations);
        var note = request.Verdict == Verdict.Wrong
            ? TextField.ReadLine("note", request.Note, NoteLength, violations)
            : TextField.ReadText("note", request.Note, NoteLength, violations);
        var adjustmentId = IdField.ReadOptional("adjustment_id", request.AdjustmentId, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        // Reporting is asked before the project is locked: nobody waits for it behind the lock.
        var read = (await session.FindProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        if (RunRules.NeedsTheRun<OperationCheck>(read) is { } early)
            return early;
        var operation = (await operations.FindAsync(read.DelegationId, reference!, cancellationToken)).ValueOrStatus();

        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        if (RunRules.NeedsTheRun<OperationCheck>(project) is { } refused)
            return refused;
        if (adjustmentId is { } named && await session.FindAdjustmentAsync(project, named, cancellationToken) is null)
            return new Outcome<OperationCheck>.Invalid(AdjustmentUnknown);

        var now = clock.GetUtcNow();
        var before = await session.FindCheckAsync(project, reference!, cancellationToken);
        var check = new CheckRow(
            project.Id, before?.Id ?? NewId.At(now), reference!, Guid.Parse(operation.Id), operation.Version, request.Verdict.Stored(), note!, adjustmentId,
            session.Caller.Side.Code(), session.Caller.PersonId, now.InMicroseconds(), 1 + (before?.Revision ?? 0));
        await session.SaveCheckAsync(project, check, cancellationToken);
        var told = new OperationChecked { OperationCheck = check.ToMessage() };
        await session.AppendAsync(project.Parties.Entry(CheckRow.ObjectType, check.Id, check.Revision, told), clock, cancellationToken);
        return new Outcome<OperationCheck>.Accepted(check.ToMessage());
    }
}
