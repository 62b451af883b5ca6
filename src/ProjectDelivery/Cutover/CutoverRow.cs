using System.Text.Json;
using State = Delegation.Delivery.V1.Cutover.Types.State;

namespace Delegation.ProjectDelivery.Cutover;

/// <summary>A cutover as the database keeps it, with its runbook as a document.</summary>
internal sealed record CutoverRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid Id,
    string Title,
    bool Rehearsal,
    string State,
    DateTime StartTime,
    string Steps,
    int? RolledBackTo,
    string? RollbackReason,
    string? RollbackSide,
    DateTime? RollbackTime,
    long ContentRevision,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision)
{
    public const string ObjectType = "cutover";

    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public State In => StoredNames.Read<State>(State);

    /// <summary>Nothing of it changes any more.</summary>
    public bool IsOver => In is Delivery.V1.Cutover.Types.State.Completed or Delivery.V1.Cutover.Types.State.RolledBack;

    public IReadOnlyList<Step> ReadSteps() => JsonSerializer.Deserialize<Step[]>(Steps)!;

    /// <summary>The next revision, with its steps as they are since and the state that follows from them.</summary>
    public CutoverRow With(IReadOnlyList<Step> steps, DateTime now) => this with
    {
        State = StateOf(steps).Stored(),
        Steps = Write(steps),
        UpdateTime = now,
        Revision = Revision + 1,
    };

    public static string Write(IReadOnlyList<Step> steps) => JsonSerializer.Serialize(steps);

    private static State StateOf(IReadOnlyList<Step> steps) =>
        steps.Any(step => step.Decisions.Any(decision => !decision.Go)) ? Delivery.V1.Cutover.Types.State.Stopped
        : steps.All(step => step.Ended is not null) ? Delivery.V1.Cutover.Types.State.Completed
        : steps.Any(step => step.Began is not null) ? Delivery.V1.Cutover.Types.State.Running
        : Delivery.V1.Cutover.Types.State.Planned;
}
