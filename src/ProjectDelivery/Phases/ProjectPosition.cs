using Delegation.Delivery.V1;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>How far a project is: its phase and, in the run, the stage of it. Gates lead from one position to the next, and there is no other way.</summary>
internal sealed record ProjectPosition(ProjectPhase Phase, RunStage Stage = RunStage.Unspecified)
{
    private static readonly (ProjectPosition From, ProjectGate Gate)[] Way =
    [
        (new(ProjectPhase.Launch), ProjectGate.ToScoping),
        (new(ProjectPhase.Scoping), ProjectGate.ToSetUp),
        (new(ProjectPhase.SetUp), ProjectGate.ToRobustness),
        (new(ProjectPhase.Robustness), ProjectGate.ToRun),
        (new(ProjectPhase.Run, RunStage.Hypercare), ProjectGate.ToCruise),
        (new(ProjectPhase.Run, RunStage.Cruise), ProjectGate.ToClosed),
    ];

    /// <summary>All gates, in their order.</summary>
    public static IReadOnlyList<ProjectGate> Gates { get; } = [.. Way.Select(step => step.Gate)];

    /// <summary>The gate that leads on; null for a closed project.</summary>
    public ProjectGate? Next => Array.Find(Way, step => step.From == this) is { From: not null } step ? step.Gate : null;

    /// <summary>Where a gate leads to. The stage of the run stays with a closed project.</summary>
    public static ProjectPosition After(ProjectGate gate) => gate == ProjectGate.ToClosed
        ? new ProjectPosition(ProjectPhase.Closed, RunStage.Cruise)
        : Way[Array.FindIndex(Way, step => step.Gate == gate) + 1].From;
}
